import type { JsonObject } from '#core/json.ts'
import type { BureauSwitches, SandboxMessage } from '#core/api/sandbox-views.ts'
import type { ModelView } from '#core/api/views.ts'
import type { Engine } from '#engine/run/engine.ts'
import type { TemplateStore } from '#engine/adapters/templates/template-store.ts'
import type { Sessions } from '#engine/server/sessions.ts'

/** What the Sandbox page reads and turns. */
export interface SandboxControl {
  messages(): readonly SandboxMessage[]
  switches(): BureauSwitches
  /** Switches that are left out stay as they are. */
  set(switches: { [K in keyof BureauSwitches]?: BureauSwitches[K] | undefined }): BureauSwitches
}

/** Everything the handlers reach; the composition root makes it. */
export interface ServerContext {
  readonly engine: Engine
  readonly templates: TemplateStore
  readonly models: { list(): readonly ModelView[] }
  /** Null where real connections are configured instead. */
  readonly sandbox: SandboxControl | null
  readonly sessions: Sessions
  readonly openApi: JsonObject
}
