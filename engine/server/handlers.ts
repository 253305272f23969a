import { calendarHandlers } from '#engine/server/handlers/calendars.ts'
import { catalogueHandlers } from '#engine/server/handlers/catalogue.ts'
import { decisionHandlers, flowHandlers } from '#engine/server/handlers/documents.ts'
import { erasureHandlers } from '#engine/server/handlers/erasures.ts'
import { operationHandlers } from '#engine/server/handlers/operations.ts'
import { runHandlers } from '#engine/server/handlers/runs.ts'
import { sandboxHandlers } from '#engine/server/handlers/sandbox.ts'
import { sessionHandlers } from '#engine/server/handlers/session.ts'
import { templateHandlers } from '#engine/server/handlers/templates.ts'
import { workHandlers } from '#engine/server/handlers/work.ts'
import type { Handlers } from '#engine/server/handler.ts'
import type { ServerContext } from '#engine/server/context.ts'

export const createHandlers = (context: ServerContext): Handlers => ({
  ...flowHandlers(context),
  ...decisionHandlers(context),
  ...runHandlers(context),
  ...operationHandlers(context),
  ...erasureHandlers(context),
  ...workHandlers(context),
  ...calendarHandlers(context),
  ...catalogueHandlers(context),
  ...templateHandlers(context),
  ...sandboxHandlers(context),
  ...sessionHandlers(context),
})
