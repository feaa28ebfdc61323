import type { Guide } from '../guide';
import { code, file, install, run, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:8080/callback',
  postSignOutUri: 'http://localhost:8080/',
  steps: [
    install('composer require logto/sdk'),
    uris,
    code('program', 'php', file('index.php', 'php', `
<?php
require __DIR__ . '/vendor/autoload.php';

use Logto\\Sdk\\LogtoClient;
use Logto\\Sdk\\LogtoConfig;

$client = new LogtoClient(new LogtoConfig(
    endpoint: '@@endpoint@@',
    appId: '@@appId@@',
    appSecret: '@@appSecret@@',
));

switch (parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
    case '/':
        if ($client->isAuthenticated()) {
            $claims = $client->getIdTokenClaims();
            echo 'Signed in as ' . htmlspecialchars($claims->username ?? $claims->sub) . '. <a href="/sign-out">Sign out</a>';
        } else {
            echo 'Not signed in. <a href="/sign-in">Sign in</a>';
        }
        break;

    case '/sign-in':
        header('Location: ' . $client->signIn('@@redirectUri@@'));
        break;

    case '@@callbackPath@@':
        $client->handleSignInCallback();
        header('Location: /');
        break;

    case '/sign-out':
        header('Location: ' . $client->signOut('@@postSignOutUri@@'));
        break;

    default:
        http_response_code(404);
}
`)),
    run('php -S localhost:@@port@@ index.php'),
  ],
};
