/** Nodes, services, models. */
export const nodeMessages = {
  MODEL_UNKNOWN: 'There is no model "{model}". Choose one of the registry.',
  BUREAU_REFUSED:
    'The bureau behind the connection "{connection}" refused the request with {status}. Check the PAN and the credential.',
  BUREAU_ANSWER_INVALID:
    'The answer of the connection "{connection}" is no bureau report: {field} does not fit. Check its address.',
  LETTER_VALUE_MISSING:
    'The placeholder "{placeholder}" has no value, so nothing was sent. Map an input to it, or take it out.',
  OCR_NOT_AN_IMAGE:
    'The file is no readable picture. Upload a PNG, JPEG, TIFF or WebP picture, or a PDF.',
  OCR_PDF_BROKEN: 'The PDF is damaged or ends early. Upload the whole file again.',
  OCR_PDF_PASSWORD: 'The PDF is locked. Give its password.',
  OCR_PDF_PASSWORD_WRONG: 'The password does not open the PDF. Give the right one.',
  OCR_PDF_EMPTY: 'The PDF has no page with anything to read. Upload another file.',
  OCR_TOO_LARGE: 'The document is too large: {what}, at most {limit}. Upload a smaller one.',
  OCR_LANGUAGE_MISSING:
    'The reader has no data for the language "{language}". Install @tesseract.js-data/{language}.',
  OCR_TIMEOUT: 'A page was not read within {seconds} s. Try again, or upload a smaller picture.',
  OCR_FAILED: 'The reader stopped: {detail}',
  WORKER_FAILED:
    'The thread that performed "{task}" stopped ({detail}). Try again; if it stops again, the document is too demanding.',
  CONNECTION_UNKNOWN: 'There is no connection "{connection}". Create it under Connections.',
  CONNECTION_KIND:
    'The connection "{connection}" is of kind {kind}, and {expected} is needed. Choose another one.',
  HTTP_ADDRESS_INVALID: 'The address of {target} is no http or https address. Correct it.',
  HTTP_ADDRESS_REFUSED:
    '{target} leads to a private or local address. If that is meant, add its host to METIS_HTTP_ALLOW.',
  HTTP_UNREACHABLE: '{target} cannot be reached ({detail}). Check that it runs and its address.',
  HTTP_STATUS: '{target} answered {status}. Try again later.',
  HTTP_RATE_LIMITED: '{target} asks to wait: too many requests. The next try waits as it asked.',
  HTTP_NOT_JSON:
    '{target} answered {contentType} where JSON was expected. Check the address, or tell its operator.',
  HTTP_JSON_REFUSED: '{target} answered JSON that is not taken. {detail}',
  HTTP_TOO_LARGE: '{target} answered more than {limit} MB. Ask it for less.',
  HTTP_REDIRECTED_AWAY:
    '{target} redirected a message to another host, {host}. It was not sent there; correct the address.',
  HTTP_TOO_MANY_REDIRECTS: '{target} redirected more than {limit} times. Check its address.',
  MAIL_UNREACHABLE:
    'The mail server of the connection "{connection}" cannot be reached ({detail}). Check that it runs and its address.',
  MAIL_BUSY: 'The mail server of the connection "{connection}" put the mail off ({detail}).',
  MAIL_REFUSED:
    'The mail server of the connection "{connection}" refused the mail ({detail}). Check the recipient and the credentials.',
  MAIL_SERVER_INVALID:
    'The address of the connection "{connection}" is not of the form smtp://host:port. Correct it.',
  MAIL_RECIPIENT: 'The recipient is no e-mail address. Check the field that it comes from.',
  SMS_RECIPIENT: 'The recipient is no telephone number. Check the field that it comes from.',
  SMS_REFUSED:
    'The SMS gateway of the connection "{connection}" refused the message with {status}. Check the number and the credentials.',
  MODEL_VERSION_UNKNOWN:
    'There is no version {version} of the model "{model}". The registry has {known}.',
  MODEL_CARD_INVALID:
    'The card of the model "{model}" cannot be read: {detail}. Mend its card.json, or remove its folder.',
  MODEL_FILE_MISSING:
    'Version {version} of the model "{model}" has no model.onnx beside its card. Put the file back.',
  MODEL_HASH_MISMATCH:
    'The file of model "{model}" {version} is not the one that its card names. Restore the file, or publish it as a new version.',
  MODEL_KIND_WRONG:
    'The model "{model}" is a {kind}, but a {expected} is needed here. Choose another model.',
  MODEL_FEATURE_MISSING:
    'The model "{model}" needs the feature "{feature}", which is missing. Map it in the inputs of the node.',
  MODEL_FEATURE_TYPE:
    'The feature "{feature}" of the model "{model}" must be {expected}. Check its expression.',
  CUSTOM_NODE_FAILED: '{detail}',
  CUSTOM_NODE_UNREADABLE:
    'This cannot be read: {detail}. Correct it; the other nodes work meanwhile.',
  CUSTOM_NODE_THREW:
    'Loading the file failed: {detail}. A node file only defines; move what it does into run.',
  CUSTOM_NODE_MISSING:
    'No node is exported here. Write: export const myNode = defineNode({ … }).effect({ uses: [] }, async …)',
  CUSTOM_NODE_UNFINISHED:
    'The definition is not complete. End it with .pure(run) or .effect(policy, run).',
  CUSTOM_NODE_FIELD: 'This does not fit: {hint}.',
  CUSTOM_NODE_TAKEN:
    'The type "{type}" belongs to {owner} already. Choose another name, or raise the version of your own.',
  CUSTOM_NODE_NO_FOLDER: 'There is no such folder. Check --nodes or METIS_NODES.',
} as const
