import { calendarRoutes } from '#core/api/routes/calendars.ts'
import { catalogueRoutes } from '#core/api/routes/catalogue.ts'
import { evaluateDecision } from '#core/api/routes/decisions.ts'
import { documentRoutes } from '#core/api/routes/documents.ts'
import { erasureRoutes } from '#core/api/routes/erasures.ts'
import { operationRoutes } from '#core/api/routes/operations.ts'
import { runRoutes } from '#core/api/routes/runs.ts'
import { sessionRoutes } from '#core/api/routes/session.ts'
import { workRoutes } from '#core/api/routes/work.ts'

const flows = documentRoutes('flows')
const decisions = documentRoutes('decisions')

/** Every endpoint below `/api/v1`, by its operation id. */
export const routes = {
  saveFlow: flows.save,
  listFlows: flows.list,
  getFlow: flows.get,
  validateFlow: flows.validate,
  publishFlow: flows.publish,
  saveDecision: decisions.save,
  listDecisions: decisions.list,
  getDecision: decisions.get,
  validateDecision: decisions.validate,
  publishDecision: decisions.publish,
  evaluateDecision,
  ...runRoutes,
  ...operationRoutes,
  ...erasureRoutes,
  ...workRoutes,
  ...calendarRoutes,
  ...catalogueRoutes,
  ...sessionRoutes,
}
export type Routes = typeof routes
export type RouteName = keyof Routes
