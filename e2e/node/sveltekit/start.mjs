// adapter-node takes every address for https unless it is told its own.
process.env.ORIGIN = process.env.HOME_URL.replace(/\/$/, '');
process.env.HOST = '127.0.0.1';
await import('./dist/program/index.js');
