export const sessions = {
  title: 'Sessions',
  text: 'How long people stay signed in. Where somebody is signed in is shown with the user, who can be signed out there.',
  lifetime: {
    title: 'Lifetime',
    text: 'A session ends when it has not been used for this long. Each visit to a sign-in address, silent renewals included, counts it anew.',
    label: 'Ends after',
    unit: 'Unit',
    minutes: 'minutes',
    hours: 'hours',
    days: 'days',
    invalid: 'From one minute to 365 days',
    open: 'Sessions that are open keep their end until they are used again.',
    offline: 'Applications with offline access go on after it: their refresh tokens have a lifetime of their own, set with each application.',
  },
};
