import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { MetisError } from '#core/errors.ts'
import type { HttpService, Services } from '#core/node/services.ts'
import type { ResolveConnection } from '#core/ports.ts'
import { systemClock } from '#engine/adapters/clock/system.ts'
import { builtInHelp } from '#engine/adapters/custom-nodes/built-in-help.ts'
import { buildFunction } from '#engine/adapters/code/build-function.ts'
import { createLiveRegistry } from '#engine/adapters/custom-nodes/live-registry.ts'
import { formatProblem } from '#engine/adapters/custom-nodes/node-problem.ts'
import { openCustomNodes } from '#engine/adapters/custom-nodes/open-custom-nodes.ts'
import { openDataFolder } from '#engine/adapters/data-folder/open-data-folder.ts'
import { createHttpService } from '#engine/adapters/http/create-http-service.ts'
import { createMailService } from '#engine/adapters/mail/create-mail-service.ts'
import { createOcrService } from '#engine/adapters/ocr/create-ocr-service.ts'
import { createModelService } from '#engine/adapters/onnx/model-service.ts'
import { startSandbox, type Sandbox } from '#engine/adapters/sandbox/start-sandbox.ts'
import { createSmsService } from '#engine/adapters/sms/create-sms-service.ts'
import { loadMasterKey } from '#engine/adapters/sqlite/master-key.ts'
import { openStore } from '#engine/adapters/sqlite/open-store.ts'
import { createTemplateStore } from '#engine/adapters/templates/template-store.ts'
import { projectRoot } from '#engine/cli/root.ts'
import { createEngine, type EngineOptions, type ServiceContext } from '#engine/run/create-engine.ts'
import { createModelRegistry } from '#models/registry.ts'
import { builtInNodes } from '#nodes/index.ts'

export interface CompositionOptions {
  /** Database, keys and token; made where it is missing. */
  readonly dataDir: string
  /** Hosts that outbound HTTP may reach besides public ones, separated by commas. @default none */
  readonly httpAllow?: string
  /** Folders with node types from outside the repository. @default none */
  readonly nodeFolders?: readonly string[]
  /** Loads these anew on change. @default false */
  readonly watchNodes?: boolean
  /** Told of each problem of a custom node, with its place. */
  readonly onNodeProblem?: (text: string) => void
  /** Told once, when the disk fails and nothing is taken any more. */
  readonly onFailure?: (failure: MetisError) => void
  /** Attempts under way at once, in all and of one tenant. @default 64 in all */
  readonly limits?: Pick<EngineOptions, 'concurrency' | 'tenantConcurrency'>
  /** Starts a bureau, a mail server and an SMS gateway on loopback. @default true */
  readonly sandbox?: boolean
  readonly log: Logger
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')

/** What effects reach, bound for each attempt to the connections of its tenant. */
function createServices(allow: readonly string[]) {
  const models = createModelRegistry(join(projectRoot, 'models', 'shipped'))
  const model = createModelService(models)
  const unbound: ResolveConnection = () => undefined
  const http = createHttpService({ resolveConnection: unbound, allow })
  const mail = createMailService({ resolveConnection: unbound })
  const ocr = createOcrService()
  return {
    models,
    for({ connection, blobs, release }: ServiceContext): Services {
      const resolve: ResolveConnection = (name) => {
        const { credential, ...found } = connection(name)
        return { ...found, secret: credential }
      }
      const bound: HttpService = http.for(resolve)
      const sms = createSmsService({ http: bound })
      return {
        http: bound,
        mail: mail.for(resolve),
        sms,
        blobs,
        ocr,
        models: model.for(release.models),
      }
    },
    close: () => Promise.all([http.close(), ocr.close(), model.close()]),
  }
}

/**
 * Everything but the server: the engine with its adapters, as the command line runs it.
 * @throws TerminalError DATA_IN_USE, DATA_UNUSABLE, DATABASE_NEWER, DATABASE_DAMAGED, DATABASE_UNOPENED, MASTER_KEY_INVALID, MASTER_KEY_MISSING, MASTER_KEY_WRONG
 */
export async function composeEngine(options: CompositionOptions) {
  const opened: (() => unknown)[] = []
  /** The last opened first; one that fails keeps no other open. */
  const close = async () => {
    const failures: unknown[] = []
    for (const each of opened.splice(0).toReversed())
      await Promise.resolve()
        .then(each)
        .catch((error: unknown) => failures.push(error))
    if (failures.length > 0) throw failures[0]
  }
  try {
    return { ...(await openParts(options, (undo) => opened.push(undo))), close }
  } catch (error) {
    await close().catch(() => {})
    throw error
  }
}

/** Tells `undo` how to close each part once it is open. */
async function openParts(options: CompositionOptions, undo: (close: () => unknown) => void) {
  const data = openDataFolder(options.dataDir)
  undo(() => data.close())
  const registry = createLiveRegistry(builtInNodes, builtInHelp(join(projectRoot, 'nodes')))
  const custom = options.nodeFolders?.length
    ? await openCustomNodes({
        folders: options.nodeFolders,
        builtIn: builtInNodes,
        registry,
        watch: options.watchNodes ?? false,
        onLoad: ({ problems }) =>
          problems.forEach((problem) => options.onNodeProblem?.(formatProblem(problem))),
      })
    : null
  undo(() => custom?.close())
  const sandbox: Sandbox | null = options.sandbox === false ? null : await startSandbox()
  undo(() => sandbox?.close())
  const services = createServices([...listOf(options.httpAllow ?? ''), ...(sandbox?.origins ?? [])])
  undo(() => services.close())
  const newest = new Map(
    services.models
      .list()
      .map(({ info }) => [info.name, services.models.resolve(info.name).info.version]),
  )
  const isNew = !existsSync(data.file('metis.db'))
  const masterKey = loadMasterKey(data.file('master.key'), { make: isNew })
  const store = openStore(data.file('metis.db'), {
    failed: (detail) => options.log.error({ event: 'checkpoint.failed', detail }),
  })
  let closeEngine: () => unknown = () => store.close()
  undo(() => closeEngine())
  const engine = await createEngine({
    store,
    registry,
    clock: systemClock,
    build: buildFunction,
    masterKey,
    services: (context) => services.for(context),
    model: (name) => newest.get(name),
    connections: (sandbox?.connections ?? []).map((each) => ({ ...each, credential: null })),
    log: options.log,
    ...options.limits,
    ...(options.onFailure ? { onFailure: options.onFailure } : {}),
  })
  closeEngine = () => engine.close()
  return {
    engine,
    data,
    sandbox,
    models: { list: () => services.models.views() },
    templates: createTemplateStore(join(projectRoot, 'templates')),
  }
}

export interface ProductOptions extends CompositionOptions {
  /** 0 takes a free one. */
  readonly port: number
  /** @default '127.0.0.1' */
  readonly host?: string
  /** Guards API and live events. @default made in the data directory */
  readonly token?: string | undefined
  /** The built designer. @default dist/designer */
  readonly designer?: string
  readonly version: string
}

/** The whole product on one port. @throws TerminalError PORT_IN_USE, TOKENS_INVALID */
export async function startProduct(options: ProductOptions) {
  const composition = await composeEngine(options)
  const { engine, data, sandbox, models, templates } = composition
  try {
    // Loaded here, so that the command line runs a flow without Express and socket.io.
    const { createServer } = await import('#engine/server/create-server.ts')
    const { loadToken } = await import('#engine/server/load-token.ts')
    const { loadNamedTokens } = await import('#engine/server/named-tokens.ts')
    const server = await createServer({
      engine,
      sandbox,
      models,
      templates,
      port: options.port,
      host: options.host ?? '127.0.0.1',
      token: options.token || loadToken(data.file('token')),
      namedTokens: loadNamedTokens(data.file('tokens')),
      designer: options.designer ?? join(projectRoot, 'dist', 'designer'),
      version: options.version,
      log: options.log,
    })
    return {
      url: server.url,
      signInUrl: server.signInUrl,
      engine,
      async close() {
        await server.close()
        await composition.close()
      },
    }
  } catch (error) {
    await composition.close()
    throw error
  }
}
