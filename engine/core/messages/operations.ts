/** What an operator is told. */
export const operationMessages = {
  RUN_SUSPENDED:
    'Run "{run}" is suspended ({what}), so nobody can answer for it now. Resume it first, or ask who suspended it.',
  REWIND_REFUSED:
    'Run "{run}" cannot go back to node "{node}": it was never there, or the part of the flow around it has ended. Choose a node that it has visited.',
  VALUE_OF_UNVISITED:
    'There is no value of "{name}" to replace: the run has not left such a node. Take it out.',
  SKIP_NEEDS_VALUE:
    'Step "{step}" cannot be skipped by port "{port}" with an empty value, because the port asks for more. Give a value that fits.',
  STEP_NOT_FAILABLE:
    'Step "{step}" has no error port to fail by. Complete it by another port, or cancel the run.',
  VERSION_UNKNOWN: 'Flow "{flow}" has no version {version}. Choose one of: {versions}.',
  MIGRATION_REFUSED: 'Run "{run}" cannot go on in version {version}: {detail}',
  MIGRATION_NEEDLESS: 'Run "{run}" runs version {version} already.',
  MIGRATION_FINAL:
    'Run "{run}" has not been migrated, or has gone on since, so there is nothing to take back. Migrate it to the version that it should run.',
  BULK_EMPTY: 'No run fits the query. Widen it.',
  BULK_TOO_MANY: '{count} runs fit the query, but at most {limit} are changed at once. Narrow it.',
  BULK_APPLIED: 'The command "{id}" was applied already. Preview it anew to apply it again.',
  BULK_CHANGED: 'The run has changed since the preview: it is {status} now and was left as it is.',
  CASE_ERASED:
    'Case {case} was erased: what it held is gone for good. Begin a new case, under another case key.',
  CASE_OPEN:
    '{count} {count|run of the case has|runs of the case have} not ended, for example {run}. Cancel them or let them end; then erase the case.',
  CASE_UNKNOWN: 'There is no case of {what}. Write the whole case key, or the id of a run.',
  ERASE_UNCONFIRMED:
    'Erasing cannot be undone. Write the case key, or the id of the run where it has none, once more to confirm it.',
  VERB_FAILED:
    'The engine itself failed at it ({detail}), and left the run as it was. Try this run alone; if it fails again, report it.',
  BULK_STALE: 'The preview is older than an hour. Preview it anew, then apply that.',
} as const
