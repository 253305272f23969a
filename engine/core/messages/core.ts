/** Documents, logic, decisions, compiling. */
export const coreMessages = {
  DOCUMENT_INVALID: 'The document does not fit its schema: {detail}',
  JSON_TOO_DEEP: 'The JSON is nested deeper than {limit} levels. Send it flatter.',
  JSON_KEY_FORBIDDEN: 'The JSON has a field "{key}", which no value may have. Rename the field.',
  SCHEMA_UNUSABLE: 'The JSON Schema of {what} cannot be used: {detail}. Correct the schema.',
  NODE_TYPE_UNKNOWN:
    'Node "{node}" has the type "{type}", which is not installed. Install it or replace the node.',
  DECISION_UNKNOWN: 'There is no decision "{decision}". Create it, or choose another one.',
  NODE_CONFIG_INVALID:
    'The configuration of node type "{type}" does not fit at "{path}": {detail}. Correct it in the inspector.',
  NODE_INPUT_INVALID:
    'Input "{input}" of node type "{type}" does not fit: {detail}. Correct the expression or the data it reads.',
  NODE_OUTPUT_INVALID:
    'Node type "{type}" left by "{port}" with a value that does not fit: {detail}. The node type must be corrected.',
  NODE_PORT_UNKNOWN:
    'Node type "{type}" left by "{port}", which it does not declare. The node type must be corrected.',
  NODE_NOT_PURE: 'Node type "{type}" is not pure and cannot run inside a step.',
  NODE_NOT_EFFECT: 'Node type "{type}" is not an effect and cannot be performed.',
  NODE_TYPE_TWICE:
    'Node type "{type}" version {version} is registered twice. Remove one, or raise its version.',
  LOGIC_UNKNOWN_OPERATOR:
    'The logic at {place} uses the operator "{operator}", which does not exist. Choose one from the list of operators.',
  LOGIC_ARGUMENTS:
    'The operator "{operator}" at {place} takes {expected} {expected|argument|arguments}, not {given}. Add or remove arguments.',
  LOGIC_THROWN:
    'A rule threw an error, and no "try" around it takes it over. Put "try" around it with what holds then, or leave the "throw" out.',
  LOGIC_FORBIDDEN_NAME:
    'The name "{name}" at {place} cannot be used in an object. Write another name as plain text.',
  LOGIC_PATTERN:
    'The regular expression “{pattern}” at {place} cannot be used: {detail}. Write one without references back and looking around.',
  LOGIC_TOO_DEEP:
    'The logic at {place} nests deeper than {limit} levels. Move a part of it into an expression of its own.',
  LOGIC_TOO_LARGE:
    'The logic has more than {limit} parts, counted up to {place}. Use a decision table, or split it.',
  DMN_UNREADABLE: 'The file is no DMN model: {detail}. Export it again as DMN 1.1 to 1.5.',
  DMN_TOO_LARGE: 'The file has more than {limit} characters. Split the model.',
  DMN_UNSUPPORTED:
    'The decision “{decision}” holds a {kind} (element “{id}”), which is not taken over. Write it as a table or as an expression.',
  DMN_TEXT: 'In “{decision}”, {place}, the text “{text}” is not understood: {detail}',
  FEEL_SYNTAX:
    '“{found}” cannot stand here. Write a condition such as > 700, [650..700) or "SELF", or an expression such as loan.amount * 2.',
  FEEL_ENDS: 'The text ends too early. Write what belongs behind it, or close what is open.',
  FEEL_TOO_LONG: 'The text has more than {limit} characters. Use a decision table, or split it.',
  FEEL_TOO_DEEP:
    'The text nests deeper than {limit} levels. Move a part of it into an expression of its own.',
  FEEL_UNSUPPORTED: '“{text}” is not supported. Write it with the operators and functions offered.',
  FEEL_NAME: '“{name}” is no name of a field. Write letters, digits and _ with dots between them.',
  FEEL_FUNCTION: 'There is no function “{name}”. Choose one from the list of functions.',
  FEEL_FUNCTION_USE:
    '“{name}” does not take such a function. Sort by the same thing of both elements: function(x, y) x.amount < y.amount.',
  FEEL_FUNCTION_CALL:
    'The call “{name}” cannot be written out: a variable around it has the name of something that the function reads, or it grows too large. Rename the variable, or call it in steps.',
  FEEL_PATTERN:
    '“{pattern}” is no regular expression that can be used: {detail}. Write one without references back and looking around, as RE2 has them.',
  FEEL_ARGUMENTS:
    '“{name}” takes {expected} {expected|argument|arguments}, not {given}. Add or remove arguments.',
  FEEL_PARAMETER:
    '“{name}” has no argument “{parameter}”, or it stands twice. Name each once: {parameters}; or write them in their order.',
  FEEL_KIND: 'There is no kind “{name}”. Choose one of {kinds}.',
  FEEL_DAY:
    '“{text}” is no day, time or duration. Write a day as 2026-04-01, a time as 2026-04-01T09:30:00Z or 09:30:00, a duration as P1Y6M or P10DT2H.',
  NODE_VERSION_UNKNOWN:
    'Node type "{type}" was saved as version {version}, and version {installed} is installed, which cannot read it. Install the newer version of the node type.',
  NODE_FAILED: 'Node "{node}" failed: {detail}. Correct its data, or complete it by hand.',
  TOO_MANY_VISITS:
    'Node "{node}" was entered more than {limit} times. Check the condition that ends the loop, or raise the limit of the node.',
  PORT_WITHOUT_EDGE:
    'Node "{node}" was left by "{port}", where no edge goes on. Complete it by a port with an edge, or run it anew.',
  ITEMS_NOT_A_LIST:
    'The step "{node}" runs once for every item, but its input "items" gave no list. Correct the expression, or the data it reads.',
  ENOUGH_NEVER:
    'The step "{node}" goes on after {count} items, but its list has {items}. It will wait for all of them: lower the number.',
  NOT_AN_EACH: 'The flow "{flow}" has no list or lock "{node}".',
  FLOW_NOT_COMPILABLE: 'The flow "{flow}" cannot be compiled. Correct the findings first.',
  MIGRATION_RUN_ENDED: 'The run has ended. Only a run that is active can move to another version.',
  MIGRATION_NODE_UNKNOWN:
    'There is no node "{node}", which the mapping names. Correct the mapping.',
  MIGRATION_NODE_TWICE: 'Two nodes are mapped to "{node}". Map each to its own.',
  MIGRATION_NODE_GONE:
    'The run waits at "{node}", which the new version does not have. Map it to another node, or have the run pass it first.',
  MIGRATION_KIND_CHANGED:
    'The run waits at "{node}", which is of kind {from} and in the new version of kind {to}. Map it to another node, or have the run pass it first.',
  MIGRATION_PLACE_GONE:
    'The run stands at "{node}" in a way that the new version does not have. Have the run go on first.',
  MIGRATION_BRANCH_CHANGED:
    'The run stands at "{node}", which in the new version is inside other branches. Have the run pass it first.',
  MIGRATION_FORK_CHANGED:
    'The run is inside the fork "{fork}", which has other branches in the new version. Have the run pass its join first.',
  MIGRATION_UNDO_GONE:
    'The run would undo what "{node}" has done, and the new version could not. Give it an undo there, or have the run end first.',
  MIGRATION_UNDO_CHANGED:
    'The run waits at "{node}", which undoes something in one version and not in the other. Have the run go on first.',
  STATE_OF_ANOTHER_RELEASE:
    'The saved state belongs to another release of the flow. Rebuild it from the journal.',
  WAIT_UNCLEAR:
    'Node "{node}" must say in one way how long it waits: a duration, business days or hours, or the input "until". Fill in one of them.',
  END_WITHOUT_REASON:
    'The End "{node}" declines, refers or fails without a reason. Add the field "reasons" to its output: the applicant must be told why.',
  ENDED_FAILED: 'The End "{node}" is of status “failed”.',
  MESSAGE_WITHOUT_KEY:
    'Node "{node}" does not know which message it waits for: its input "key" is neither text nor a number. Correct the expression or the data it reads.',
  LOCK_WITHOUT_KEY:
    'Node "{node}" does not know what it locks: its input "key" is neither text nor a number. Correct the expression or the data it reads.',
  LOCK_IN_ITSELF:
    'Inside of "{outer}" the step "{node}" waits for the same lock "{lock}", which is free only once "{outer}" has ended. Remove the inner one.',
  LOCKS_CROSSED:
    'The step "{node}" takes the lock "{lock}" inside of "{other}"; elsewhere "{other}" is taken inside of "{lock}", so that both may wait for each other. Take them in the same order everywhere.',
  UNTIL_NO_TIME:
    'Node "{node}" does not know until when to wait: its input "until" is no time. Give a day, a time with its offset as 2026-03-04T18:00:00+05:30, or milliseconds since 1970.',
  CALENDAR_UNKNOWN:
    'Node "{node}" counts on the calendar "{calendar}", which does not exist. Create it, or choose another one.',
  CALENDAR_NEVER_OPEN:
    'The calendar "{calendar}" has no open day in ten years. Remove holidays that close every day.',
  EDGE_LEAVES_FORK:
    'The edge from "{source}" to "{target}" leaves the fork "{fork}". Only an error port or an End may leave a fork: lead the branch to the join.',
  EDGE_LEAVES_REMINDER:
    'The edge from "{source}" to "{target}" joins the path of a reminder of "{fork}" with the rest of the flow. A reminder runs beside its node: end its path, and begin it nowhere else.',
  EDGE_ENTERS_FORK:
    'The edge from "{source}" to "{target}" goes into the middle of a branch of the fork "{fork}". Lead it to the fork itself.',
  BRANCHES_MEET:
    'Parallel branches of the fork "{fork}" meet at "{target}" without a join. Insert a join before it.',
  CYCLE_IN_FRAGMENT:
    'The edge from "{source}" goes back to "{target}", between the fork "{fork}" and where its branches have met. These branches interleave, so each node runs only once: lead the edge on to the join.',
  JOIN_WITHOUT_FORK:
    'The edge from "{source}" leads to the join "{join}" without coming from a fork, so the join would never fire. Lead it past the join.',
  JOIN_OF_TWO_FORKS:
    'The join "{join}" already belongs to another fork than "{fork}". Give each fork a join of its own.',
  FORK_WITH_TWO_JOINS:
    'Branches of the fork "{fork}" lead to more than one join. Lead all of them to one join.',
  WAITS_FOR_BRANCHES:
    'The way from "{source}" to "{target}" waits until the other branches of "{fork}" have finished, because "{target}" is also reached without passing "{join}". What only follows "{join}" goes on at once.',
  TABLE_NOT_UNIQUE:
    'In the table "{table}" the rows {rows} are met at once, but its hit policy is "unique". Change the rows so that they exclude each other, or choose another hit policy.',
  TABLE_ANY_DIFFERS:
    'In the table "{table}" the rows {rows} are met at once with different outputs, but its hit policy is "any". Give them the same outputs, or choose another hit policy.',
  DECISION_FIELD_FORBIDDEN: 'No rule or table may write the field "{field}". Choose another name.',
  DECISION_ID_TWICE: 'The id "{id}" is used twice. Give each its own.',
  OUTCOME_WITHOUT_REASON:
    'The rule "{rule}" leads to {outcome} without a reason. Add a reason code: the applicant must be told why.',
  REASON_WITHOUT_CODE: 'A reason has no code. Give it one, for example BUREAU_SCORE_LOW.',
  RULE_WITHOUT_ACTION: 'The rule "{rule}" does nothing. Add an action or remove the rule.',
  RULE_NEVER_MET: 'The condition of the rule "{rule}" can never be true. Give it a condition.',
  RULE_DATE: 'The date "{date}" is no day of the calendar. Write it as 2026-01-31.',
  RULE_NEVER_IN_FORCE:
    'The rule "{rule}" ends on {to}, before it begins on {from}. Change one of the dates.',
  FIELD_IS_OUTCOME:
    'A rule sets the field "outcome". Use the action "outcome" instead, or another field.',
  TABLE_ROW_WIDTH:
    'The row "{row}" has {given} cells where the table has {expected} columns. Fill or cut the row.',
  TABLE_AGGREGATE:
    'The table "{table}" has a total, but its hit policy is "{hitPolicy}". Totals need "collect".',
  TABLE_WITHOUT_ORDER:
    'The table "{table}" ranks its rows by output, but no output column lists its values. List them, the best first.',
  TABLE_ROW_UNREACHABLE:
    'In the table "{table}" the row "{row}" can never be hit: "{earlier}" stands before it. Move or remove the row.',
  RULE_CONTRADICTS_ITSELF:
    'The condition of the rule "{rule}" contradicts itself: no case can meet it. Correct or remove it.',
  RULE_ALWAYS_MET: 'Every case meets the condition of the rule "{rule}".',
  RULES_OPPOSED:
    'The rules "{rule}" and "{other}" can both be met, one approves and one declines, for example: {example}. The decline stands.',
  RULES_TOUCH:
    'The rules "{rule}" and "{other}" both take a threshold between them, and give different outcomes, for example: {example}. The graver one stands. Let one of them stop short of it.',
  RULES_TOO_WIDE:
    'It is not known what the rules of "{rules}" miss or contradict: a condition has too many alternatives to be taken apart. Split it into several rules.',
  RULE_HIDDEN:
    'The rule "{rule}" changes nothing: where it is met, {others} already do what it does. Correct or remove it.',
  RULE_OUTCOME_HIDDEN:
    'The outcome {outcome} of the rule "{rule}" never stands: where it is met, {others} give a graver one.',
  RULES_MERGE: 'The rules "{rule}" and "{other}" do the same, and one condition can say both.',
  RULES_SAME_CONDITION:
    'The rules "{rule}" and "{other}" are met by the same cases: one rule can do what both do.',
  RULES_GAP: 'No rule of "{rules}" is met where: {where}. For example: {example}.',
  RULES_GAP_POINT:
    'No rule of "{rules}" takes the threshold {value} itself: those below and above stop short of it. For example: {example}. Let one of them take it in.',
  RULES_GAPS_UNDECIDED: 'It is not known whether each case meets a rule of "{rules}": {because}.',
  CHARACTERISTIC_GAP:
    'No bin of "{characteristic}" takes: {where}. The score is then not known. For example: {example}. Add a bin, or widen one.',
  BIN_NEVER: 'No value falls into bin {bin} of "{characteristic}". Correct or remove it.',
  BIN_HIDDEN:
    'No value falls into bin {bin} of "{characteristic}": the bins before it ({earlier}) take all of its values. Move or remove it.',
  BRANCH_TOO_WIDE:
    'It is not known which cases of "{node}" can be taken: a condition has too many alternatives to be taken apart. Split it into several cases.',
  BRANCH_CASES_ALL: 'The cases of "{node}" take everything together, so "{port}" is never taken.',
  BRANCH_GAP_POINT:
    'No case of "{node}" takes the threshold {value} itself: those below and above stop short of it, so it goes by "{port}". For example: {example}.',
  BRANCH_CASE_NEVER:
    'The case "{case}" of "{node}" contradicts itself: no run can take it. Correct or remove it.',
  BRANCH_CASE_HIDDEN:
    'No run can take the case "{case}" of "{node}": the cases before it ({earlier}) take all of its runs. Move or remove it.',
  BRANCH_ELSE_NEVER:
    'Every run meets the case "{case}" of "{node}", so nothing behind it, "{port}" included, is ever taken. Narrow its condition.',
  FLOW_EDGE_DEAD:
    'No case goes from "{node}" by "{port}". These contradict each other: {because}. Correct a condition, or remove the way.',
  FLOW_OUTCOMES_MEET:
    'At "{node}" a case can meet both "{taken}" and "{passed}", for example: {example}. It is {stands}, only because "{taken}" stands first; "{passed}" {other}. Let the conditions exclude each other.',
  FLOW_WITHOUT_REASON:
    'A case can end at "{node}" with the outcome {outcome} and no reason, for example: {example}. Give a reason on that way: the applicant must be told why.',
  FLOW_TOO_MANY_PATHS:
    'The flow has too many ways to follow all of them, so dead ways may not be told. Move part of it into a flow of its own.',
  TABLE_GAP:
    'The table "{table}" has no row for: {where}. For example: {example}. Add a row, or widen one.',
  TABLE_GAP_POINT:
    'In the table "{table}" no row takes {column} = {value} itself: the rows below and above stop short of it. For example: {example}. Let one of them take it in.',
  TABLE_GAP_MISSING:
    'The table "{table}" has no row for cases in which {column} is missing. They are not decided here.',
  TABLE_OVERLAP:
    'In the table "{table}" the rows {row} and {other} are both met, for example by: {example}. The hit policy "{hitPolicy}" forbids it: make them exclude each other, or choose another.',
  TABLE_OVERLAP_POINT:
    'In the table "{table}" the rows {row} and {other} both take {column} = {value}. The hit policy "{hitPolicy}" forbids it: let one of them stop short of it.',
  TABLE_ROW_NEVER: 'In the table "{table}" no case can meet row {row}. Correct or remove it.',
  TABLE_ROW_HIDDEN:
    'In the table "{table}" row {row} can never be hit: the rows before it ({earlier}) take all its cases. Move or remove it.',
  TABLE_ROW_TWICE:
    'In the table "{table}" row {row} takes the same cases as row {earlier} and gives the same: by the hit policy "{hitPolicy}" it is met beside it. Remove it.',
  TABLE_TOO_WIDE:
    'It is not known whether the table "{table}" has gaps, overlaps or dead rows: a row has too many alternatives to be taken apart. Split it into several rows.',
  TABLE_GAPS_UNDECIDED: 'It is not known whether the table "{table}" takes every case: {because}.',
  TABLE_OVERLAPS_UNDECIDED:
    'It is not known whether the rows of the table "{table}" exclude each other: {because}.',
  TABLE_HIDDEN_UNDECIDED:
    'It is not known whether each row of the table "{table}" can be hit: {because}.',
  TABLE_ROWS_MERGE:
    'In the table "{table}" the rows {row} and {next} differ only in {column}: one row can say both.',
  TABLE_CELL_UNREAD:
    'In the table "{table}" the text "{text}" of row {row}, {column}, cannot be read. What stood there before is still in force. Correct or clear the cell.',
  TABLE_INPUT_UNUSED: 'In the table "{table}" no row tests the column {column}.',
  TABLE_OUTPUT_UNUSED: 'In the table "{table}" no row fills the column {column}.',
  TABLE_ROWS_CLASH:
    'In the table "{table}" the rows "{earlier}" and "{row}" have the same conditions, which the hit policy "{hitPolicy}" forbids. Change or remove one.',
  REFERENCE_UNKNOWN:
    'The part "{part}" reads "{name}", which is neither a field of the input nor an earlier part. Correct the name, or add the field to the input.',
  TYPE_CLASH:
    'In the part "{part}" {what} is {given} where {wanted} is needed: the answer is never known. Compare like with like, or turn one into the other.',
  VALUE_NOT_LISTED:
    'The part "{part}" compares with "{value}", which is none of the values that can come here: {values}. Correct the value, or add it where the values are listed.',
  DECISION_CYCLE:
    'The decisions ask each other in a circle: {path}. Take what they share into a decision of its own.',
  CHARACTERISTIC_WITHOUT_BINS:
    'The characteristic "{characteristic}" has no bins, so it never gives points. Add a bin, or remove it.',
  CUTOFFS_CROSS:
    'The score declines below {below} and approves from {from}, which lies below it. Exchange the two.',
  SWITCH_UNKNOWN:
    'There is no switch "{switch}". Choose one of the decision, or let the part always run.',
  CASE_UNKNOWN: 'The switch "{switch}" has no case "{case}". Choose one of its cases.',
  OUTPUT_TWICE: 'A decision has one output. Put the fields into the first one, and remove this.',
  REFERENCE_CYCLE:
    'The parts "{part}" and "{other}" need each other. Take what both need into a part of its own.',
  PART_HIDES_INPUT:
    'The part "{part}" bears the name of an input field and hides it. Rename the part, or read the field as "input.{part}".',
  CREDIT_POLICY: 'The policy rules lead to {outcome}',
  CREDIT_POLICY_UNKNOWN: 'The policy rule "{rule}" could not be checked; missing: {missing}',
  CREDIT_NO_HISTORY: 'There is no credit history at the bureau; a person decides',
  CREDIT_NO_MODEL: 'There is no risk score; a person decides',
  CREDIT_SCORE_GOOD: 'The risk score {score} reaches {approveFrom}',
  CREDIT_SCORE_GREY: 'The risk score {score} lies between {declineBelow} and {approveFrom}',
  CREDIT_SCORE_LOW: 'The risk score {score} is below {declineBelow}',
  CREDIT_INCOME_MISSING: 'Income or obligations are not known; a person decides',
  CREDIT_AFFORDABLE:
    'With this loan {foir} % of the income goes to instalments, at most {foirCap} % may',
  CREDIT_FOIR_HIGH:
    'With this loan {foir} % of the income would go to instalments, at most {foirCap} % may, and no smaller loan fits',
  CREDIT_TENURE_LONGER: 'Repay over {tenureMonths} months, at {emi} a month',
  CREDIT_TENURE_SHORTER: 'Repay over {tenureMonths} months, the longest term, at {emi} a month',
  CREDIT_AMOUNT_REDUCED: 'Borrow {amount} over {tenureMonths} months, at {emi} a month',
  NO_START: 'The flow has no Start. Add one and lead it to the first node.',
  MANY_STARTS: 'The flow has another Start, "{node}". Keep one and remove the others.',
  NO_END: 'The flow has no End. Add one for every way that the flow can finish.',
  START_ENTERED:
    'The edge from "{source}" leads back to the Start. Lead it to the node behind the Start.',
  DUPLICATE_ID: 'The id "{id}" is used twice. Rename one of the two.',
  PARENT_INVALID: 'Node "{node}" lies inside of "{parent}", which cannot contain it. Take it out.',
  BODY_EMPTY: '"{node}" has nothing inside. Lead its first port to a node inside, or remove it.',
  BODY_WITHOUT_END: 'Nothing inside of "{node}" ends it. Add an End inside.',
  BODY_BEGINS_OUTSIDE:
    '"{parent}" begins with "{target}", which does not lie inside. Put it inside.',
  BODY_ENTERED:
    'The edge from "{source}" to "{target}" goes into the middle of "{parent}". Lead it to "{parent}", or put "{source}" inside.',
  BODY_LEFT:
    'The edge from "{source}" to "{target}" leaves "{parent}". Lead it to an End inside, or put "{target}" inside.',
  CONTINUE_INSIDE:
    'Inside of "{each}" a run cannot begin anew: what is inside runs apart. Use an End.',
  ITEM_OUTSIDE:
    '"{path}" is known only inside of a step that runs over a list, and "{node}" is not inside of one. Read a result of that step instead.',
  READ_FROM_OUTSIDE:
    '"{path}" cannot be read here: "{source}" is inside of "{each}" and runs apart. Lead it to the End inside, and read "{instead}".',
  UNDO_UNKNOWN: 'Node "{node}" is undone by "{undo}", which does not exist. Choose another node.',
  UNDO_SELF: 'Node "{node}" names itself to undo it. Choose another node.',
  UNDO_KIND:
    'Node "{node}" is undone by "{undo}", which cannot undo anything. Choose a step that acts, a call or a task.',
  UNDO_CONNECTED:
    'Node "{undo}" undoes "{node}" and so has no edges: it runs only when the run is cancelled or fails. Remove its edges.',
  UNDO_OF_NOTHING:
    'Node "{node}" does nothing that could be undone. Name the undo at the step that acts.',
  UNDO_ELSEWHERE:
    'Node "{node}" is undone by "{undo}", which does not lie in the same list or lock. Put both inside of the same.',
  FLOW_UNKNOWN:
    'There is no flow "{flow}", which "{node}" calls. Create it, or choose another one.',
  CALL_CYCLE:
    'The flows call each other in a circle: {ring}. A version can only be published when those that it calls are: break the circle.',
  CALL_TOO_DEEP:
    'Node "{node}" has the flow call itself more than {limit} times within each other. Check the condition that ends it, or raise the depth of the node.',
  CALL_INPUT_MISFIT:
    'The input of "{node}" does not fit what the flow "{flow}" expects: {detail}. Correct the expression.',
  UNREACHABLE: 'No path leads to "{node}". Connect it, or remove it.',
  EDGE_NODE_UNKNOWN:
    'The edge "{edge}" names the node "{node}", which does not exist. Remove the edge.',
  EDGE_PORT_UNKNOWN: 'Node "{node}" has no port "{port}". Remove the edge, or draw it from a port.',
  PORT_UNCONNECTED:
    'Nothing follows "{node}" when it leaves by "{port}". Draw an edge from this port.',
  PORT_WITH_TWO_EDGES:
    'Two edges leave "{node}" by "{port}". Insert a fork to run both at the same time, or remove one.',
  PORT_TWICE: 'Node "{node}" has two ports named "{port}". Rename one of them.',
  CONFIG_INVALID: 'In the configuration of "{node}", {field}: {detail}.',
  FORK_WITHOUT_JOIN:
    'The branches of the fork "{fork}" never meet, so the first to reach an End ends the run. Add a join if the others shall finish.',
  JOIN_NEVER_FIRES:
    'The join "{join}" waits for all branches, but the branch "{branch}" of "{fork}" never reaches it. Lead the branch to the join.',
  JOIN_COUNT_TOO_HIGH:
    'The join "{join}" waits for {count} {count|branch|branches}, but only {branches} can reach it. Lower the number.',
  INPUT_MISSING: 'Node "{node}" needs its input "{input}". Fill it in.',
  INPUT_UNKNOWN: 'Node "{node}" has no input "{input}". Remove it.',
  NAME_UNKNOWN:
    'There is no node "{source}", which "{path}" reads. Choose a name that is in scope.',
  NAME_OUT_OF_SCOPE:
    '"{path}" cannot be read here: "{source}" is on no path to "{node}". Choose a node that comes before.',
  MAY_BE_MISSING:
    '"{path}" may be missing: "{source}" is not on every path to "{node}". Have the expression allow for that.',
  FIELD_UNKNOWN:
    '"{path}" does not exist: "{source}" has no such field. Choose a field that it has.',
  SHEET_TOO_LARGE:
    'The sheet "{sheet}" has more than {rows} rows or {cells} cells. Divide it into several files.',
  SHEET_FILE_TOO_LARGE:
    'The file has {size}, also unpacked; {limit} are taken. Divide it into several files.',
  SHEET_FILE_UNREADABLE: 'The file cannot be read: {detail}. Save it again as .xlsx or .csv.',
  SHEET_EMPTY: 'There is no table in "{name}". Put the headings in the first row of a sheet.',
  SHEET_WITHOUT_OUTPUT:
    'The sheet "{sheet}" has no output column. Put "→" before the heading of what it decides.',
  SHEET_HIT_POLICY:
    'The sheet "{sheet}" names the hit policy "{text}" in row {row}, which does not exist. "First" was taken: choose another one.',
  SHEET_ROW_WIDTH:
    'Row {row} of the sheet "{sheet}" has {given} cells, and there are {expected} headings. What is beyond them was left out: add a heading.',
  SHEET_CELL:
    'The cell {column}{row} of the sheet "{sheet}" cannot be read: {text}. It was taken as a text: correct it in the table.',
  SHEET_FORMULA:
    'The sheet "{sheet}" has formulas whose results are not in the file: {cells}. They were read as empty: open it in a spreadsheet program, save it and import it again.',
  SHEET_MERGED:
    'The sheet "{sheet}" has merged cells: {cells}. Only the first of each holds a value, the others were read as empty: unmerge them, fill each and import it again.',
  SHEET_MERGED_FILLED:
    'The sheet "{sheet}" has cells merged over several rows: {cells}. Their value was taken for each of these rows.',
  SHEET_NUMBER:
    'In the sheet "{sheet}" {column}{row} holds {text}, which was read as {value}, and so is the rest of the column. If it means something else, write it in quotes, or a list with a blank behind each comma.',
  EXPORT_WITHOUT_TEXT:
    'Row {row} of the table "{table}" has a condition in "{column}" that has no text. The cell was left empty: fill it in by hand.',
  BATCH_CELL: 'The column "{column}" holds what is no {type}: correct the cell, or leave it empty.',
  BATCH_COLUMN:
    'The column "{column}" cannot fill the input "{path}": another column fills it or a part of it, or the name is not allowed. Rename it, or map it to another path.',
  EXPORT_TYPESCRIPT:
    'The part "{part}" uses {what}, which cannot be written as TypeScript. Nothing was written, since the decision would not be the same without it: change the part, or export it in another format.',
  EXPORT_PART:
    'The part "{part}" cannot be written in this format. It was left out: export it in another format.',
} as const
