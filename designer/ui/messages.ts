import { fill, type MessageParams } from '#core/messages/catalogue.ts'

/** Makes the typed reader of one area's messages; an area keeps its own table beside its pages. */
export const translator =
  <T extends Readonly<Record<string, string>>>(table: T) =>
  (key: keyof T & string, params: MessageParams = {}): string =>
    fill(table[key] ?? key, params)

/** Words of the shell, and those that every area uses. */
const shellMessages = {
  product: 'Metis',
  navigation: 'Main navigation',
  flows: 'Flows',
  templates: 'Templates',
  decisions: 'Decisions',
  models: 'Models',
  runs: 'Runs',
  tasks: 'Tasks',
  sandbox: 'Sandbox',
  connections: 'Connections',
  toDark: 'Dark theme',
  toLight: 'Light theme',
  signOut: 'Sign out',
  skip: 'Skip to the content',
  loading: 'Loading',
  tryAgain: 'Try again',
  save: 'Save',
  cancel: 'Cancel',
  close: 'Close',
  delete: 'Delete',
  copy: 'Copy',
  copied: 'Copied',
  search: 'Search',
  more: 'More actions',
  unreachable: 'The server does not answer. Check that it runs, then try again.',
  liveLost: 'The live connection is interrupted',
  liveLostText: 'What is shown may be outdated. It goes on by itself once the server answers.',
  notFoundTitle: 'There is nothing here',
  notFoundText: 'The address leads to no page. It may have been moved or mistyped.',
  toFlows: 'Go to flows',
  crashedTitle: 'This page ran into a problem',
  signInTitle: 'Sign in to Metis',
  signInText:
    'Paste the token that the server printed when it started, or open the address it printed.',
  signInToken: 'Token',
  signInAction: 'Sign in',
  signInWrong: 'This token is not accepted. Copy it once more from the terminal of the server.',
  signInWorking: 'Signing in',
  state_running: 'Running',
  state_waiting: 'Waiting',
  state_retrying: 'Retrying',
  state_incident: 'Incident',
  state_suspended: 'Suspended',
  state_undoing: 'Undoing',
  state_completed: 'Completed',
  state_failed: 'Failed',
  state_cancelled: 'Cancelled',
  state_continued: 'Went on anew',
  state_stopped: 'Stopped',
  state_skipped: 'Not visited',
} as const

export const t = translator(shellMessages)
