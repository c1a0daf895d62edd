// `bailout dap [--port N]`: the debug adapter. On stdio it serves one session; on a port, one per connection, until killed.

export async function dap(args: readonly string[]): Promise<number> {
  const { servePort, serveStdio } = await import('../adapter/index.ts');
  const options = { engine: new URL('./engine-worker.js', import.meta.url) };
  if (args.length === 0) {
    await serveStdio(options);
    return 0;
  }
  const port = args.length === 2 && args[0] === '--port' ? Number(args[1]) : Number.NaN;
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    process.stderr.write(`bailout dap: expected nothing or --port N (0 to 65535), found '${args.join(' ')}'\n`);
    return 2;
  }
  try {
    const server = await servePort(port, options);
    const address = server.address();
    process.stderr.write(
      `Debug adapter listening on 127.0.0.1:${typeof address === 'object' ? address?.port : address}\n`,
    );
    await new Promise((resolve) => server.once('close', resolve));
    return 0;
  } catch (error) {
    process.stderr.write(`bailout dap: cannot listen on port ${port}: ${(error as Error).message}\n`);
    return 1;
  }
}
