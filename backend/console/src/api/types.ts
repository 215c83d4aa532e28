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
export type MissionKind = Schemas['MissionKind'];
export type MissionStep = Schemas['StepPublic'];
export type Call = Schemas['CallPublic'];
export type CallState = Schemas['CallState'];
export type Incident = Schemas['IncidentPublic'];
export type FleetEvent = Schemas['EventPublic'];
export type Account = Schemas['SessionPublic'];
export type Command = Schemas['CommandPublic'];
export type CommandKind = Schemas['CommandKind'];
/** What may be asked of one robot. */
export type RobotCommand = Schemas['CommandCreate']['kind'];
export type Takeover = Schemas['TakeoverPublic'];
export type FleetStop = Schemas['FleetStopPublic'];
export type DriveFrame = Schemas['DriveFrame'];
export type Site = Schemas['SitePublic'];
export type SpotPage = Schemas['SpotPublic'];
export type Ticket = Schemas['TicketPublic'];
export type Delivery = Schemas['DeliveryPublic'];
export type DeliveryDetail = Schemas['DeliveryDetail'];
export type DeliveryState = Schemas['DeliveryState'];
export type DeliverySize = Schemas['Size'];
export type DeliveryMade = Schemas['DeliveryMade'];
export type ShopDelivery = Schemas['ShopDelivery'];
export type ShopTicket = Schemas['ShopTicket'];
export type ShopPage = Schemas['ShopPublic'];
export type Follow = Schemas['Follow'];
export type Door = Follow['door'];
export type Outcome = Schemas['Resolve']['outcome'];
export type ServiceFigures = Schemas['ServiceFigures'];
export type DayFigures = Schemas['DayFigures'];
export type RobotDayFigures = Schemas['RobotDayFigures'];
export type PatrolRoute = Schemas['RoutePublic'];
export type PatrolPoint = Schemas['PointPublic'];
export type Round = Schemas['RoundPublic'];
export type RoundDetail = Schemas['RoundDetail'];
export type Observation = Schemas['ObservationPublic'];
export type Litres = Schemas['SpotLitres']['litres'];
export type SpotLitres = Schemas['SpotLitres'];
export type CollectionWish = Schemas['CollectionCreate'];
export type CollectionForecast = Schemas['CollectionForecast'];
export type PlannedTour = Schemas['PlannedTour'];
export type Collection = Schemas['CollectionPublic'];
export type CollectionDetail = Schemas['CollectionDetail'];
export type RoundStop = Schemas['StopPublic'];
export type Closure = Schemas['ClosurePublic'];
export type RobotStanding = Schemas['RobotStanding'];
export type PaperStanding = Schemas['PaperStanding'];
export type PaperKind = Schemas['PaperKind'];
export type RecordingSummary = Schemas['RecordingSummary'];
export type Recording = Schemas['Recording'];
export type RecordedMoment = Schemas['RecordedMoment'];
export type RecordedPhase = Schemas['RecordedPhase'];
export type Weather = Schemas['WeatherPublic'];
export type Cold = Schemas['ColdPublic'];
export type Point = [number, number];

/** What `WS /api/stream` sends to an account. */
export type Frame =
  | Schemas['SnapshotFrame']
  | Schemas['RobotFrame']
  | Schemas['MissionFrame']
  | Schemas['CallFrame']
  | Schemas['DeliveryFrame']
  | Schemas['IncidentFrame']
  | Schemas['EventFrame']
  | Schemas['CollectionRoundFrame']
  | Schemas['FleetStopFrame']
  | Schemas['HeartbeatFrame'];
/** What it sends to the ticket of a shop and to a follow link. */
export type ShopFrame = Schemas['ShopDeliveryFrame'] | Schemas['RobotPositionFrame'] | Schemas['HeartbeatFrame'];
export type FollowFrame = Schemas['FollowFrame'] | Schemas['RobotPositionFrame'] | Schemas['HeartbeatFrame'];
/** What it sends to a ticket of a spot. */
export type ResidentFrame = Schemas['CallFrame'] | Schemas['RobotPositionFrame'] | Schemas['HeartbeatFrame'];
