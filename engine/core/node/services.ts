import type { Json, JsonObject } from '#core/json.ts'

/** Points to an uploaded file; the bytes are fetched with `blobs.get`. */
export interface BlobRef {
  /** `sha256:` and 64 hex digits. */
  readonly blob: string
  readonly name: string
  /** MIME type. */
  readonly type: string
  /** Bytes. */
  readonly size: number
}

export interface HttpRequest {
  /** A configured connection; `path` is appended to its address and its credential is sent. */
  readonly connection?: string
  readonly path?: string
  /** Where there is no connection: an absolute URL. */
  readonly url?: string
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly json?: Json
  /** Sent as `Idempotency-Key`, so that the peer can drop a second call. Pass the effect's. */
  readonly idempotencyKey?: string
  /** Ends the call. Pass the effect's. */
  readonly signal?: AbortSignal
}
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** @throws RetryableError HTTP_NOT_JSON when the body is no JSON */
  json(): Json
}
/** Outbound HTTP through the address guard. 5xx, 429 and network failures throw RetryableError, other statuses return. */
export interface HttpService {
  request(request: HttpRequest): Promise<HttpResponse>
}

export interface MailService {
  send(mail: {
    connection: string
    to: string
    subject: string
    text: string
    html?: string
    /** The message id is made from it, so that a mail sent twice is recognised as one. */
    idempotencyKey?: string
    signal?: AbortSignal
  }): Promise<{ messageId: string }>
}
export interface SmsService {
  send(sms: {
    connection: string
    to: string
    text: string
    idempotencyKey?: string
    signal?: AbortSignal
  }): Promise<{ messageId: string }>
}
export interface BlobService {
  get(ref: BlobRef): Promise<Uint8Array>
  put(bytes: Uint8Array, about: { name: string; type: string }): Promise<BlobRef>
}

/** A word on a page; the box is in page pixels, or in points for a text layer: x0, y0, x1, y1 from the top left. */
export interface OcrWord {
  readonly text: string
  /** 0…100 */
  readonly confidence: number
  readonly box: readonly [number, number, number, number]
}
export interface OcrPage {
  readonly width: number
  readonly height: number
  readonly text: string
  /** Mean over the words, 0…100. */
  readonly confidence: number
  readonly lines: readonly { readonly text: string; readonly words: readonly OcrWord[] }[]
  /** Degrees clockwise by which the picture had to be turned to stand upright; boxes are of the upright page. */
  readonly turned?: 90 | 180 | 270
}
export interface OcrResult {
  readonly source: 'image' | 'text-layer' | 'scanned-pdf'
  readonly pages: readonly OcrPage[]
  readonly text: string
  readonly confidence: number
}
/** @throws TerminalError OCR_NOT_AN_IMAGE, OCR_PDF_BROKEN, OCR_PDF_PASSWORD, OCR_PDF_PASSWORD_WRONG, OCR_PDF_EMPTY, OCR_TOO_LARGE */
export interface OcrService {
  read(
    bytes: Uint8Array,
    options: { type: string; password?: string; language?: string; signal?: AbortSignal },
  ): Promise<OcrResult>
}

export interface ModelInfo {
  readonly name: string
  readonly version: string
  readonly hash: string
}
export interface ModelScore {
  readonly model: ModelInfo
  readonly score: number
  readonly probability: number
  readonly category: string
  /** Largest first: what moved the score, in points against the average applicant. */
  readonly factors: readonly {
    readonly feature: string
    readonly value: Json
    readonly contribution: number
    readonly text: string
  }[]
}
export interface ModelClass {
  readonly model: ModelInfo
  readonly label: string
  /** Calibrated, 0…1. */
  readonly confidence: number
  readonly probabilities: Readonly<Record<string, number>>
  /** True where the confidence is below the model's reject threshold; the label is then `other`. */
  readonly rejected: boolean
}
/** Models by name; `version` undefined takes the one that the release pins, else the newest. @throws TerminalError MODEL_UNKNOWN */
export interface ModelService {
  score(model: { name: string; version?: string }, features: JsonObject): Promise<ModelScore>
  classify(model: { name: string; version?: string }, text: string): Promise<ModelClass>
}

/** Everything an effect may touch. The composition root supplies it; tests supply fakes. */
export interface Services {
  readonly http: HttpService
  readonly mail: MailService
  readonly sms: SmsService
  readonly blobs: BlobService
  readonly ocr: OcrService
  readonly models: ModelService
}
export type ServiceName = keyof Services
