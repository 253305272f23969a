/** Driver, storage, server, command line. */
export const engineMessages = {
  NOT_FOUND: 'There is no {what} "{id}".',
  DATABASE_NEWER:
    'The database has format {found}, but this release knows only up to {newest}. Install the release that wrote it, or a later one.',
  DATABASE_DAMAGED:
    'The database {path} cannot be read ({detail}). Restore the backup together with its master key.',
  DATABASE_UNOPENED:
    'The database {path} cannot be opened ({detail}). Let this user read and write it and its folder, where its log stands, also for reading; a disk that is mounted read-only, or a folder in its place, is no use. The database itself may be well.',
  DATA_UNUSABLE:
    'The data folder {path} cannot be used ({detail}). Make it a folder that this user may write, or choose another one with --data or METIS_DATA.',
  MASTER_KEY_MISSING:
    'The master key {file} is missing, and the database beside it cannot be read without. Restore the file from the backup.',
  MASTER_KEY_INVALID:
    'The master key file does not hold 64 hexadecimal digits. Restore the file from the backup: without its key no value can be read.',
  TOKENS_INVALID:
    'Line {line} of {file} cannot be taken: {detail}. Write one name and one token of at least 20 characters in each line.',
  VALUE_UNREADABLE:
    'A stored value of {where} cannot be decrypted: it was changed on disk, or the master key is another one. Restore the backup with its key.',
  STORAGE_FULL:
    'The disk with the data folder is full. Whether this request was kept shows after the next start; everything acknowledged before is. Make room and start the engine anew.',
  STORAGE_FAILED:
    'The database cannot be read or written ({detail}). Whether this request was kept shows after the next start; everything acknowledged before is. Mend the disk and start the engine anew.',
  STORAGE_DAMAGED:
    'The database is damaged on the disk ({detail}). Stop the engine; "metis verify" names the places, "metis restore" brings a backup back.',
  MASTER_KEY_WRONG:
    'The master key (fingerprint {found}) is not the one that the database beside it was written with (fingerprint {expected}). Put that key back, from the place where it is kept: no other reads a value.',
  BACKUP_TARGET_EXISTS: 'There is a file {path} already. Choose another name, or move it away.',
  BACKUP_TARGET_FAILED:
    'The copy cannot be written to {path} ({detail}), so there is none. Make room there, or choose another place.',
  RESTORE_KEY_DIFFERS:
    'The folder {path} holds a master key already, and it is another one than {key}. Choose a new folder, or move that key away: it may be the only one that opens another database.',
  RESTORE_TARGET_USED:
    'The folder {path} holds a database already, and nothing is written over it. Choose a new folder, or move the old one away.',
  NO_DATABASE: 'There is no database at {path}. Name the data folder with --data, or its file.',
  ENGINE_CLOSED: 'The engine is shutting down. Send the request again in a moment.',
  FORBIDDEN: '"{actor}" may not {action}. Ask an owner for the permission.',
  DOCUMENT_HAS_ERRORS:
    '"{id}" has {count} {count|error|errors}, so it cannot be published or run. Mend the findings first.',
  DRAFT_CONFLICT:
    '"{id}" was saved by {by} in the meantime (draft {current}, yours was made from {expected}). Load it and apply your change again.',
  NOT_PUBLISHED: 'Flow "{flow}" is not published. Publish it, or run its draft.',
  DECISION_NOT_PUBLISHED:
    'Node "{node}" uses the decision "{decision}", which is not published. Publish the decision first.',
  CASE_CONFLICT:
    'Flow "{flow}" already has a run with this case key and another input: {run}. Use another case key, or send the same input.',
  INPUT_INVALID: 'The input does not fit what {what} asks for: {count} {count|finding|findings}.',
  VALUE_INVALID: '{path}: {detail}',
  STEP_NOT_RETRYABLE: 'Step "{step}" is no open incident, so there is nothing to retry.',
  STEP_NOT_OPEN: 'Step "{step}" is not open, so it cannot be completed by hand.',
  STEP_UNDECIDED:
    'Step "{step}" evaluated no decision, so there is nothing to explain. Name one that did.',
  EXPLANATION_TOO_LARGE:
    'The decision has {units} rules and rows, and is explained only up to {most}. Its result names those that fired.',
  PORT_UNKNOWN: 'Node "{node}" has no port "{port}". Choose one of: {ports}.',
  RUN_ENDED: 'Run "{run}" has ended already.',
  RUN_UNDOING:
    'Run "{run}" was cancelled or has failed already, and undoes what it did. Wait until that has ended, or help its incidents along.',
  TASK_CLOSED: 'Task "{task}" is {status} already.',
  OUTCOME_UNKNOWN: 'Task "{task}" has no outcome "{outcome}". Choose one of: {outcomes}.',
  MESSAGE_KEPT_TOO_LONG: 'A message is kept for {most} at most, not for {keepFor}. Ask for less.',
  MESSAGES_FULL:
    'No run waits for this message, and it cannot be kept until one does: the {of} keeps {messages} such messages, or {bytes} bytes, at most. Send it again in {seconds} s, or give messages that need no keeping a short `keepFor`.',
  MESSAGE_UNFIT:
    'A message "{name}" that came before the step waited does not fit the form that the step asks for: {count} {count|finding|findings}. Send one that fits, complete the step by hand, or retry it to go on waiting.',
  CALENDAR_INVALID: 'The calendar cannot be saved: {detail}. Correct it, and save it again.',
  CONNECTION_INVALID: 'The connection "{name}" cannot be saved: {detail}',
  CONNECTION_UNKNOWN:
    'There is no connection "{connection}". Set it up under Connections, or choose another one.',
  CALLED_FLOW_NOT_PUBLISHED:
    'Node "{node}" calls the flow "{flow}", which is not published. Publish that flow first.',
  CALLED_FLOW_FAILED: 'The called flow ended as failed. See its run for the reason.',
  CALLED_FLOW_CANCELLED: 'The run was cancelled before it had a result.',
  LOCK_CIRCLE:
    'The lock "{lock}" is held by the run "{holder}", which waits in a circle for this one. Take locks in the same order everywhere, or have one of the runs go on.',
  ITEM_FAILED: 'Item {index} failed ({code}). See its run for the reason.',
  EFFECT_FAILED: 'The node failed: {detail}',
  ANSWER_NOT_KEPT:
    'What the node answered cannot be kept ({detail}). Keep large things as files, and answer with their names.',
  OVERLOADED:
    'More runs are started than can be performed, so this one was not begun. Send it again in {seconds} s.',
  CONNECTION_DOWN:
    'The connection "{connection}" fails, so it is left alone for a while. Its health stands under Connections; retry the step once it is back.',
  EFFECT_TIMEOUT:
    'The time allowed has passed ({which}: {timeout}). See what is slow, or allow more time in the policy.',
  CHAIN_BROKEN:
    'The history of tenant "{tenant}" does not verify at {stream}, entry {seq}: {detail}.',
  SANDBOX_OFF: 'The sandbox is not running: real connections are configured instead.',
  ENDPOINT_UNKNOWN:
    'There is no {method} {path} here. The endpoints are listed at /api/v1/openapi.json.',
  UNAUTHENTICATED:
    'Sign in first: open the address that the start printed, or send the token as "Authorization: Bearer …".',
  SIGN_IN_INVALID:
    'This sign-in token is not valid or was used already. Take the address that the last start printed, or the token of the data directory.',
  SIGN_IN_THROTTLED: 'Too many wrong tokens from here. Wait a minute, then try again.',
  ORIGIN_FORBIDDEN:
    'This request comes from another page. Open the designer at its own address, or send the bearer token.',
  REQUEST_INVALID: 'The request does not fit: {detail}',
  REQUEST_FIELD: '{path}: {detail}',
  IF_MATCH_INVALID: 'If-Match must hold the number of a draft, for example "3".',
  BODY_TOO_LARGE: 'The body is larger than {limit}. Send less, or upload files one by one.',
  BODY_ENCODED: 'The body is compressed. Send it plain.',
  BODY_NOT_JSON_TYPE: 'The body must be JSON. Send it with Content-Type: application/json.',
  BODY_NOT_JSON: 'The body is not JSON. Check its brackets and quotes.',
  BODY_CUT: 'The connection broke before the whole body had come. Send it again.',
  DATA_IN_USE:
    'The data folder {path} is used by another process. Stop that one, or choose another folder with --data or METIS_DATA.',
  PORT_IN_USE:
    'Port {port} is in use. Stop the other program, or choose another port with --port or PORT.',
  FILE_NOT_UPLOADED:
    'The file {blob} was never uploaded here. Upload it and retry, or complete the step by hand.',
  FILE_UNREADABLE: 'The file "{file}" cannot be read ({detail}). Check the path.',
  FILE_OUTSIDE: 'The file "{file}" lies outside its template. Put it beside the case.',
  INTERNAL: 'Something went wrong inside the engine. The log has the details under {reference}.',
} as const
