/**
 * Writes to standard output; resolves when it is out. A reader that has seen enough, such as `head`, closes the pipe:
 * that is no failure.
 */
export function print(text: string): Promise<void> {
  const { stdout } = process;
  return new Promise((resolve, reject) => {
    const settle = (error?: NodeJS.ErrnoException | null) =>
      error && error.code !== 'EPIPE' ? reject(error) : resolve();
    // The failure comes to the callback and as an event, which must have a listener.
    stdout.once('error', settle);
    stdout.write(text, (error) => {
      if (!error) stdout.off('error', settle);
      settle(error);
    });
  });
}
