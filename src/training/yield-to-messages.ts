/** Lets a worker's event loop deliver waiting messages, without the 4 ms that nested timers cost. */

/** Resolves in a task of its own, after the messages that wait already. */
export const yieldToMessages = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
