/**
 * Holds a client to the order that the protocol demands: nothing before initialize,
 * initialize once, nothing after shutdown. It stands before every handler, so that
 * none of them has to ask. What is cancelled while it waits is answered here, too.
 */
import {
  type ConnectionOptions,
  ErrorCodes,
  ExitNotification,
  InitializeRequest,
  LSPErrorCodes,
  Message,
  type MessageWriter,
  type RequestMessage,
  type ResponseMessage,
  ShutdownRequest,
} from "vscode-languageserver";

export interface Lifecycle {
  /** For the connection that writes to this writer. */
  readonly options: ConnectionOptions;
  /** The client has said that it is done. */
  readonly isShutDown: boolean;
}

export function createLifecycle(writer: Pick<MessageWriter, "write">): Lifecycle {
  let state: "new" | "running" | "shut down" = "new";

  const refuse = ({ id }: RequestMessage, code: number, message: string): void => {
    // A client that hears nothing any more is none of our concern.
    writer.write(response(id, code, message)).catch(() => undefined);
  };

  return {
    get isShutDown() {
      return state === "shut down";
    },
    options: {
      messageStrategy: {
        handleMessage(message, next) {
          if (Message.isRequest(message)) {
            const isInitialize = message.method === InitializeRequest.method;
            if (state === "new" && !isInitialize)
              return refuse(message, ErrorCodes.ServerNotInitialized, "initialize comes first");
            if (state === "running" && isInitialize)
              return refuse(message, ErrorCodes.InvalidRequest, "initialize comes once");
            if (state === "shut down")
              return refuse(message, ErrorCodes.InvalidRequest, "the server was shut down");
            if (isInitialize) state = "running";
            if (message.method === ShutdownRequest.method) state = "shut down";
          } else if (Message.isNotification(message)) {
            if (state !== "running" && message.method !== ExitNotification.method) return undefined;
          }
          return next(message);
        },
      },
      connectionStrategy: {
        cancelUndispatched(message) {
          if (!Message.isRequest(message)) return undefined;
          return response(message.id, LSPErrorCodes.RequestCancelled, "the request was cancelled");
        },
      },
    },
  };
}

/** The answer to a message that is no JSON, of which not even the number is known. */
export function parseError({ message }: Error): ResponseMessage {
  return response(null, ErrorCodes.ParseError, message);
}

function response(id: ResponseMessage["id"], code: number, message: string): ResponseMessage {
  return { jsonrpc: "2.0", id, error: { code, message } };
}
