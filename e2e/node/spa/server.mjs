// Serves one of the programs of dist/ on every path, as hosts of single-page programs do.
import express from 'express';

const { CLIENT_ID, ENDPOINT, HOME_URL, ORGANIZATION, PORT, PROGRAM, RESOURCE, SCOPES } = process.env;
const dist = new URL('dist/', import.meta.url).pathname;
const app = express();
app.get('/settings.json', (request, response) => {
  response.json({
    program: PROGRAM,
    home: HOME_URL,
    resource: RESOURCE,
    organization: ORGANIZATION,
    config: {
      endpoint: ENDPOINT,
      appId: CLIENT_ID,
      resources: [RESOURCE],
      scopes: ['email', 'urn:logto:scope:organizations', ...SCOPES.split(' ')],
    },
  });
});
app.use(express.static(dist));
app.get('/{*path}', (request, response) => response.sendFile(dist + 'index.html'));
app.listen(Number(PORT), '127.0.0.1');
