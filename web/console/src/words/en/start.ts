export const start = {
  title: 'Get started',
  text: 'From nothing to a signed-in user in a few minutes. Take the steps in any order.',
  connect: {
    title: 'Connect an application',
    text: 'Choose your framework. The guide comes with code that runs when copied.',
    viewAll: 'View all',
  },
  steps: 'Next steps',
  look: {
    title: 'Make the sign-in page yours',
    text: 'Logo, colour, dark mode, and how people sign up and sign in, with a live preview.',
    action: 'Customise',
  },
  people: {
    title: 'Create a user',
    text: 'Try the sign-in with a test user before real ones arrive.',
    action: 'Create user',
  },
  watch: {
    title: 'Watch it happen',
    text: 'Each sign-in, token and change leaves an entry in the audit log.',
    action: 'Open the log',
  },
  facts: {
    title: 'Your endpoints',
    text: 'What every client library asks for.',
    endpoint: 'Endpoint',
    issuer: 'Issuer',
    discovery: 'Discovery',
    api: 'Management API audience',
  },
  frameworks: {
    title: 'Choose a framework',
    text: 'Each one leads to a step-by-step guide for a new application.',
  },
};
