import { translator } from '../../ui/messages.ts'

/** Words of the dialog that takes a file of cases through the draft. */
const batchMessages = {
  open: 'Try a file…',
  openHint: 'Decides every row of a CSV file with this draft, in the browser. Nothing is uploaded.',
  title: 'Try a file of cases',
  drop: 'Drop a CSV file here, or choose one',
  dropHint:
    'A row of headers, then one case in each row. Any length. The file stays in this browser.',
  choose: 'Choose a file',
  another: 'Another file',
  columns: 'Which input each column fills',
  columnsHint: 'An empty cell is a missing value.',
  notRead: 'not read',
  noColumn: 'No column fills an input yet: choose at least one.',
  run: 'Decide all',
  stop: 'Stop',
  again: 'Decide again',
  progress: '{count} {count|case|cases}, {share} %, {rate} a second, {left} s left',
  progressLabel: 'How much of the file is decided',
  done: '{count} {count|case|cases} in {seconds} s.',
  stopped: 'Stopped after {count} {count|case|cases}.',
  failed: 'not decided',
  none: 'no outcome',
  all: 'All',
  filterLabel: 'Show cases by outcome',
  resultsLabel: 'Results',
  shownFirst: 'The first {count} are shown; the file has them all.',
  download: 'Download results',
  nothingHere: 'None of the cases that are shown came out so.',
} as const

export const t = translator(batchMessages)
