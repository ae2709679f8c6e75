// Stands in for the API: nothing but its health.
import { createServer } from 'node:http';

const server = createServer((request, answer) => {
  answer.statusCode = request.url === '/healthz' ? 200 : 404;
  answer.end(process.env.SIGNER_SOCKET);
});
server.listen(Number(process.env.PORT));
process.on('SIGTERM', () => process.exit(0));
