/** Tells when the process that started the server is gone, which a connection that others hold open does not tell. */

const interval = 500;

export function watchClient(processId: number, gone: () => void): void {
  const timer = setInterval(() => {
    if (isRunning(processId)) return;
    clearInterval(timer);
    gone();
  }, interval);
  timer.unref();
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // It is there, and of another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
