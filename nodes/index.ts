import type { AnyNode } from '#core/node/define-node.ts'
import { bureauPull } from '#nodes/bureau/pull/node.ts'
import { dataCheck } from '#nodes/data/check/node.ts'
import { dataMap } from '#nodes/data/map/node.ts'
import { decisionCredit } from '#nodes/decision/credit/node.ts'
import { decisionEvaluate } from '#nodes/decision/evaluate/node.ts'
import { documentClassify } from '#nodes/document/classify/node.ts'
import { documentCrosscheck } from '#nodes/document/crosscheck/node.ts'
import { documentExtract } from '#nodes/document/extract/node.ts'
import { documentOcr } from '#nodes/document/ocr/node.ts'
import { flowBranch } from '#nodes/flow/branch/node.ts'
import { flowCall } from '#nodes/flow/call/node.ts'
import { flowContinue } from '#nodes/flow/continue/node.ts'
import { flowEach } from '#nodes/flow/each/node.ts'
import { flowEnd } from '#nodes/flow/end/node.ts'
import { flowEvent } from '#nodes/flow/event/node.ts'
import { flowFork } from '#nodes/flow/fork/node.ts'
import { flowJoin } from '#nodes/flow/join/node.ts'
import { flowLock } from '#nodes/flow/lock/node.ts'
import { flowStart } from '#nodes/flow/start/node.ts'
import { flowTry } from '#nodes/flow/try/node.ts'
import { flowWait } from '#nodes/flow/wait/node.ts'
import { humanTask } from '#nodes/human/task/node.ts'
import { httpRequest } from '#nodes/integration/http/node.ts'
import { modelScore } from '#nodes/model/score/node.ts'
import { notifyEmail } from '#nodes/notify/email/node.ts'
import { notifySms } from '#nodes/notify/sms/node.ts'

/** Every node type that ships with the product, in the order of the palette. */
export const builtInNodes: readonly AnyNode[] = [
  flowStart,
  flowBranch,
  flowFork,
  flowJoin,
  flowTry,
  flowWait,
  flowEvent,
  flowEach,
  flowCall,
  flowLock,
  flowEnd,
  flowContinue,
  humanTask,
  dataMap,
  dataCheck,
  documentOcr,
  documentClassify,
  documentExtract,
  documentCrosscheck,
  bureauPull,
  modelScore,
  decisionEvaluate,
  decisionCredit,
  notifyEmail,
  notifySms,
  httpRequest,
]
