/** Short names for the generated shapes of the backend's answers. */
import type { components } from './api';

type Schemas = components['schemas'];

export type LocalText = Schemas['LocalText'];
export type KeyedText = Schemas['KeyedText'];
export type Robot = Schemas['RobotPublic'];
export type Activity = Robot['activity'];
export type Bin = Schemas['BinPublic'];
export type RobotError = Schemas['RobotErrorPublic'];
export type Mission = Schemas['MissionPublic'];
export type MissionStep = Schemas['StepPublic'];
export type Call = Schemas['CallPublic'];
export type CallState = Schemas['CallState'];
export type Incident = Schemas['IncidentPublic'];
export type FleetEvent = Schemas['EventPublic'];
export type Account = Schemas['SessionPublic'];
export type Command = Schemas['CommandPublic'];
export type CommandKind = Schemas['CommandKind'];
export type Site = Schemas['SitePublic'];
export type SpotPage = Schemas['SpotPublic'];
export type Ticket = Schemas['TicketPublic'];
export type Point = [number, number];

/** What `WS /api/stream` sends to an account. */
export type Frame =
  | Schemas['SnapshotFrame']
  | Schemas['RobotFrame']
  | Schemas['MissionFrame']
  | Schemas['CallFrame']
  | Schemas['IncidentFrame']
  | Schemas['EventFrame']
  | Schemas['HeartbeatFrame'];
/** What it sends to a ticket. */
export type ResidentFrame = Schemas['CallFrame'] | Schemas['RobotPositionFrame'] | Schemas['HeartbeatFrame'];
