/**
 * Long work in turns: whoever works asks whether the turn is over, and if so
 * waits for the next, so that messages are heard in between. It must not know
 * what the work is.
 */

/** What a machine offers to take turns by. */
export interface Clock {
  /** Milliseconds from any start. */
  now(): number;
  /** Resolves after everything that waits to be heard was heard. */
  yieldTurn(): Promise<void>;
  /** Resolves after so many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
}

export interface TimeSlice {
  /** Starts a turn; whoever was idle before would find the last one long over. */
  begin(): void;
  readonly isOver: boolean;
  next(): Promise<void>;
}

const sliceLength = 10;

export function createTimeSlice(clock: Clock): TimeSlice {
  let start = clock.now();
  return {
    begin() {
      start = clock.now();
    },
    get isOver() {
      return clock.now() - start >= sliceLength;
    },
    async next() {
      await clock.yieldTurn();
      start = clock.now();
    },
  };
}
