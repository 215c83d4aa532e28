/** Made by `npm run api` from the backend. Do not edit. */

export interface paths {
    "/fleet/commands/{command_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Command State
         * @description How far a command got.
         */
        get: operations["command_state"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events
         * @description What happened, newest last; without ``after`` the last ones.
         */
        get: operations["events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Incidents
         * @description Incidents, newest first.
         */
        get: operations["incidents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/incidents/{incident_id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Acknowledge
         * @description Say that a person looks after it.
         */
        post: operations["acknowledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/incidents/{incident_id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resolve
         * @description Say that it is done.
         */
        post: operations["resolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/missions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Missions
         * @description Missions, newest first.
         */
        get: operations["missions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/missions/{mission_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Mission
         * @description One mission with its steps and route.
         */
        get: operations["mission"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/missions/{mission_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel Mission
         * @description Ask for the end of a mission; it ends ``canceled`` whatever the robot does.
         */
        post: operations["cancel_mission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/robots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Robots
         * @description Every robot.
         */
        get: operations["robots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/robots/{robot_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Robot
         * @description One robot.
         */
        get: operations["robot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/robots/{robot_id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Command
         * @description Ask something of a robot at once.
         */
        post: operations["command"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/site": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Site
         * @description The layout of the place.
         */
        get: operations["site"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Healthz
         * @description Whether the process lives.
         */
        get: operations["healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics
         * @description Prometheus metrics, for this machine only.
         */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Readyz
         * @description Whether database and broker are reached.
         */
        get: operations["readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recycling/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls
         * @description Calls, newest first.
         */
        get: operations["calls"];
        put?: never;
        /**
         * Create Call
         * @description Call a robot to the ticket's spot.
         */
        post: operations["create_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recycling/calls/{call_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Call
         * @description One call; a ticket sees the calls of its own spot.
         */
        get: operations["call"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recycling/calls/{call_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel Call
         * @description Take a call back.
         */
        post: operations["cancel_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recycling/qr-sheet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Qr Sheet
         * @description A4 pages with every spot's QR code, to print.
         */
        get: operations["qr_sheet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recycling/spots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Spots
         * @description Every spot with the address its QR code opens.
         */
        get: operations["spots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recycling/spots/{spot_id}/qr.svg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Spot Qr
         * @description The QR code of one spot.
         */
        get: operations["spot_qr"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recycling/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create Ticket
         * @description Turn a scanned QR code into a ticket.
         */
        post: operations["create_ticket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who Am I
         * @description The account behind the cookie.
         */
        get: operations["who_am_i"];
        put?: never;
        /**
         * Log In
         * @description Log in; the answer sets the session cookie.
         */
        post: operations["log_in"];
        /**
         * Log Out
         * @description End the session and take the cookie back.
         */
        delete: operations["log_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "stream-frame": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stream Frame
         * @description A frame the server sends on ``WS /api/stream``.
         */
        post: operations["stream_framestream_frame_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "stream-hello": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stream Hello
         * @description The first frame a resident's page sends on ``WS /api/stream``.
         */
        post: operations["stream_hellostream_hello_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /**
         * BinPublic
         * @description One bin; fill 0..1.
         */
        BinPublic: {
            /** Fill */
            fill: number;
            /** Open */
            open: boolean;
            /** Stream */
            stream: string;
        };
        /**
         * CallCreate
         * @description Body of a call; the spot is the ticket's.
         */
        CallCreate: {
            /**
             * Language
             * @default ko
             * @enum {string}
             */
            language: "ko" | "en";
        };
        /**
         * CallFrame
         * @description A call changed; the first frame for a ticket with an open call.
         */
        CallFrame: {
            call: components["schemas"]["CallPublic"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "call";
        };
        /**
         * CallPublic
         * @description A resident's request and where it stands.
         */
        CallPublic: {
            /** Countdown S */
            countdown_s: number | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Eta S */
            eta_s: number | null;
            /** Id */
            id: string;
            /** Mission Id */
            mission_id: string | null;
            /** Queue Position */
            queue_position: number | null;
            reason: components["schemas"]["KeyedText"] | null;
            /** Robot Id */
            robot_id: string | null;
            robot_name: components["schemas"]["LocalText"] | null;
            /** Spot Id */
            spot_id: string;
            spot_name: components["schemas"]["LocalText"];
            state: components["schemas"]["CallState"];
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * CallState
         * @description Life of a call; the last three are final.
         * @enum {string}
         */
        CallState: "queued" | "assigned" | "arrived" | "served" | "canceled" | "failed";
        /**
         * CommandCreate
         * @description Body of a command; the same ``command_id`` twice is one command.
         */
        CommandCreate: {
            /** Command Id */
            command_id: string;
            kind: components["schemas"]["CommandKind"];
            /**
             * Reason
             * @description Why, for the record
             */
            reason: string;
        };
        /**
         * CommandKind
         * @description What an operator may ask of a robot at once.
         * @enum {string}
         */
        CommandKind: "pause" | "resume" | "cancel_order" | "emergency_stop" | "release_emergency_stop" | "state_request";
        /**
         * CommandPublic
         * @description An operator's command and how far it got.
         */
        CommandPublic: {
            /** Acknowledged At */
            acknowledged_at: string | null;
            /** Command Id */
            command_id: string;
            kind: components["schemas"]["CommandKind"];
            /** Reason */
            reason: string;
            /**
             * Requested At
             * Format: date-time
             */
            requested_at: string;
            /** Result */
            result: string | null;
            /** Robot Id */
            robot_id: string;
            /** Sent At */
            sent_at: string | null;
            state: components["schemas"]["CommandState"];
        };
        /**
         * CommandState
         * @description Life of a command; the last three are final.
         * @enum {string}
         */
        CommandState: "requested" | "sent" | "acknowledged" | "finished" | "failed" | "expired";
        /**
         * Crosswalk
         * @description A signalled crossing; ``vertices`` is the carriageway a robot may only be on by the signal.
         */
        Crosswalk: {
            /** Crosswalkid */
            crosswalkId: string;
            /** Flashings */
            flashingS: number;
            /** Greens */
            greenS: number;
            /** Lengthm */
            lengthM: number;
            name: components["schemas"]["LocalName"];
            /** Reds */
            redS: number;
            /** Vertices */
            vertices: [
                number,
                number
            ][];
        };
        /**
         * EventFrame
         * @description Something happened.
         */
        EventFrame: {
            event: components["schemas"]["EventPublic"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "event";
        };
        /**
         * EventPublic
         * @description A fact, past tense.
         */
        EventPublic: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Call Id */
            call_id: string | null;
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Mission Id */
            mission_id: string | null;
            /** Robot Id */
            robot_id: string | null;
            text: components["schemas"]["KeyedText"];
        };
        /**
         * Feature
         * @description Something to draw on a map, nothing to drive by.
         */
        Feature: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "path" | "plaza" | "grass" | "water" | "road" | "building" | "bench" | "tree" | "shelter" | "depot" | "shop";
            name?: components["schemas"]["LocalName"] | null;
            /** Vertices */
            vertices: [
                number,
                number
            ][];
        };
        /**
         * Health
         * @description Alive.
         */
        Health: {
            /**
             * Status
             * @default ok
             * @constant
             */
            status: "ok";
        };
        /**
         * HeartbeatFrame
         * @description Every five seconds.
         */
        HeartbeatFrame: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "heartbeat";
        };
        /**
         * IncidentFrame
         * @description An incident changed.
         */
        IncidentFrame: {
            incident: components["schemas"]["IncidentPublic"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "incident";
        };
        /**
         * IncidentNote
         * @description Body of acknowledge and resolve.
         */
        IncidentNote: {
            /**
             * Note
             * @default
             */
            note: string;
        };
        /**
         * IncidentPublic
         * @description Something that needs a person.
         */
        IncidentPublic: {
            /** Acknowledged At */
            acknowledged_at: string | null;
            /** Acknowledged By */
            acknowledged_by: string | null;
            /** Call Id */
            call_id: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Mission Id */
            mission_id: string | null;
            /** Resolved At */
            resolved_at: string | null;
            /** Resolved By */
            resolved_by: string | null;
            /** Robot Id */
            robot_id: string | null;
            state: components["schemas"]["IncidentState"];
            text: components["schemas"]["KeyedText"];
        };
        /**
         * IncidentState
         * @description Life of an incident.
         * @enum {string}
         */
        IncidentState: "open" | "acknowledged" | "resolved";
        /**
         * KeyedText
         * @description A sentence of a message file with its key.
         */
        KeyedText: {
            /** En */
            en: string;
            /** Key */
            key: string;
            /** Ko */
            ko: string;
        };
        /**
         * LocalName
         * @description A name people read.
         */
        LocalName: {
            /** En */
            en: string;
            /** Ko */
            ko: string;
        };
        /**
         * LocalText
         * @description A name or sentence in both languages.
         */
        LocalText: {
            /** En */
            en: string;
            /** Ko */
            ko: string;
        };
        /**
         * LogIn
         * @description Body of a log-in.
         */
        LogIn: {
            /** Password */
            password: string;
            /** Username */
            username: string;
        };
        /**
         * MissionCancel
         * @description Body of a cancel.
         */
        MissionCancel: {
            /**
             * Reason
             * @description Why, for the record
             */
            reason: string;
        };
        /**
         * MissionFrame
         * @description A mission changed.
         */
        MissionFrame: {
            mission: components["schemas"]["MissionPublic"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mission";
        };
        /**
         * MissionKind
         * @description What a mission is for.
         * @enum {string}
         */
        MissionKind: "collect" | "unload" | "charge";
        /**
         * MissionPublic
         * @description Ordered steps for one robot.
         */
        MissionPublic: {
            /** Attempt */
            attempt: number;
            /** Call Id */
            call_id: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Ended At */
            ended_at: string | null;
            /** Id */
            id: string;
            kind: components["schemas"]["MissionKind"];
            reason: components["schemas"]["KeyedText"] | null;
            /** Robot Id */
            robot_id: string | null;
            /** Route */
            route: components["schemas"]["RouteNode"][];
            /** Started At */
            started_at: string | null;
            state: components["schemas"]["MissionState"];
            /** Steps */
            steps: components["schemas"]["StepPublic"][];
        };
        /**
         * MissionState
         * @description Life of a mission; the last three are final.
         * @enum {string}
         */
        MissionState: "queued" | "assigned" | "active" | "finished" | "canceled" | "failed";
        /**
         * Origin
         * @description Where (0, 0) of the map lies on Earth; bearing of the x axis east-to-north in degrees.
         */
        Origin: {
            /**
             * Bearingdeg
             * @default 0
             */
            bearingDeg: number;
            /** Latitudedeg */
            latitudeDeg: number;
            /** Longitudedeg */
            longitudeDeg: number;
        };
        /**
         * Problem
         * @description An RFC 9457 problem.
         */
        Problem: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            /** Fields */
            fields?: components["schemas"]["ProblemField"][] | null;
            messages: components["schemas"]["LocalText"];
            /** Status */
            status: number;
            /** Title */
            title: string;
            /** Type */
            type: string;
        };
        /**
         * ProblemField
         * @description One wrong field of a request.
         */
        ProblemField: {
            /** At */
            at: string;
            /** Message */
            message: string;
        };
        /**
         * Readiness
         * @description Ready for traffic, part by part.
         */
        Readiness: {
            /** Broker */
            broker: boolean;
            /** Database */
            database: boolean;
            /** Ready */
            ready: boolean;
        };
        /**
         * RobotErrorPublic
         * @description Something wrong on the robot, in people's words.
         */
        RobotErrorPublic: {
            hint: components["schemas"]["LocalText"] | null;
            /** Level */
            level: string;
            text: components["schemas"]["KeyedText"];
            /** Type */
            type: string;
        };
        /**
         * RobotFrame
         * @description A robot changed; at most five a second for each.
         */
        RobotFrame: {
            robot: components["schemas"]["RobotPublic"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "robot";
        };
        /**
         * RobotHome
         * @description A robot of the site and the charger it starts from.
         */
        RobotHome: {
            /** Chargerid */
            chargerId: string;
            name: components["schemas"]["LocalName"];
            /** Robotid */
            robotId: string;
        };
        /**
         * RobotPositionFrame
         * @description For a ticket: where the robot of its call is.
         */
        RobotPositionFrame: {
            /** Eta S */
            eta_s: number | null;
            /** Robot Id */
            robot_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "robot_position";
            /** X */
            x: number;
            /** Y */
            y: number;
        };
        /**
         * RobotPublic
         * @description A robot as the console shows it.
         */
        RobotPublic: {
            /**
             * Activity
             * @enum {string}
             */
            activity: "idle" | "driving" | "serving" | "charging" | "waiting" | "paused" | "stopped" | "offline";
            /** Bins */
            bins: components["schemas"]["BinPublic"][];
            /** Call Id */
            call_id: string | null;
            /** Charging */
            charging: boolean;
            /** Connection State */
            connection_state: string;
            /** Emergency Stop */
            emergency_stop: string;
            /** Errors */
            errors: components["schemas"]["RobotErrorPublic"][];
            /** Last Node Id */
            last_node_id: string | null;
            /** Mission Id */
            mission_id: string | null;
            name: components["schemas"]["LocalText"];
            /** Online */
            online: boolean;
            /** Operating Mode */
            operating_mode: string | null;
            /** Paused */
            paused: boolean;
            /** Planned Path */
            planned_path: [
                number,
                number
            ][];
            /** Position At */
            position_at: string | null;
            /** Range M */
            range_m: number | null;
            /** Robot Id */
            robot_id: string;
            /** Speed Mps */
            speed_mps: number | null;
            /** State At */
            state_at: string | null;
            /** State Of Charge */
            state_of_charge: number | null;
            /** Theta */
            theta: number | null;
            waiting: components["schemas"]["KeyedText"] | null;
            /** X */
            x: number | null;
            /** Y */
            y: number | null;
        };
        /**
         * Role
         * @description What an account may do; each includes the ones before.
         * @enum {string}
         */
        Role: "viewer" | "operator" | "admin";
        /**
         * RouteNode
         * @description A node of the mission's route.
         */
        RouteNode: {
            /** Node Id */
            node_id: string;
            /** Passed */
            passed: boolean;
            /** Released */
            released: boolean;
            /** X */
            x: number;
            /** Y */
            y: number;
        };
        /**
         * SessionPublic
         * @description Who is logged in.
         */
        SessionPublic: {
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            role: components["schemas"]["Role"];
            /** Username */
            username: string;
        };
        /**
         * SiteEdge
         * @description A directed lane; two-way lanes are two edges.
         */
        SiteEdge: {
            /** Crosswalkid */
            crosswalkId?: string | null;
            /** Edgeid */
            edgeId: string;
            /** Endnodeid */
            endNodeId: string;
            /** Lengthm */
            lengthM: number;
            /** Maximumspeedmps */
            maximumSpeedMps: number;
            /** Startnodeid */
            startNodeId: string;
            /** Widthm */
            widthM: number;
        };
        /**
         * SiteNode
         * @description A node of the lane graph. ``theta`` only where a robot must face one way.
         */
        SiteNode: {
            /**
             * Kind
             * @default waypoint
             * @enum {string}
             */
            kind: "waypoint" | "spot" | "charger" | "depot" | "shop" | "crosswalk";
            /** Nodeid */
            nodeId: string;
            /** Theta */
            theta?: number | null;
            /** X */
            x: number;
            /** Y */
            y: number;
        };
        /**
         * SitePublic
         * @description The site with what a page needs to know beside it.
         */
        SitePublic: {
            /** Bounds */
            bounds: [
                number,
                number,
                number,
                number
            ];
            /** Crosswalks */
            crosswalks: components["schemas"]["Crosswalk"][];
            /** Edges */
            edges: components["schemas"]["SiteEdge"][];
            /** Features */
            features: components["schemas"]["Feature"][];
            /** Geofence */
            geofence: [
                number,
                number
            ][];
            /** Mapid */
            mapId: string;
            /** Mapversion */
            mapVersion: string;
            name: components["schemas"]["LocalName"];
            /** Nodes */
            nodes: components["schemas"]["SiteNode"][];
            origin: components["schemas"]["Origin"];
            /** Qr Base Url */
            qr_base_url: string;
            /** Robots */
            robots: components["schemas"]["RobotHome"][];
            /** Siteid */
            siteId: string;
            /** Speed Factor */
            speed_factor: number;
            /** Spots */
            spots: components["schemas"]["Spot"][];
            /** Stations */
            stations: components["schemas"]["Station"][];
            /** Timezone */
            timezone: string;
            /** Zones */
            zones: components["schemas"]["SiteZone"][];
        };
        /**
         * SiteZone
         * @description A VDA 5050 zone. SPEED_LIMIT has a speed, RELEASE of a crosswalk its id.
         */
        SiteZone: {
            /** Crosswalkid */
            crosswalkId?: string | null;
            /** Maximumspeedmps */
            maximumSpeedMps?: number | null;
            name: components["schemas"]["LocalName"];
            /** Vertices */
            vertices: [
                number,
                number
            ][];
            /** Zoneid */
            zoneId: string;
            /**
             * Zonetype
             * @enum {string}
             */
            zoneType: "BLOCKED" | "SPEED_LIMIT" | "RELEASE";
        };
        /**
         * SnapshotFrame
         * @description First frame after a log-in: everything that is open.
         */
        SnapshotFrame: {
            /** Calls */
            calls: components["schemas"]["CallPublic"][];
            /** Events */
            events: components["schemas"]["EventPublic"][];
            /** Incidents */
            incidents: components["schemas"]["IncidentPublic"][];
            /** Missions */
            missions: components["schemas"]["MissionPublic"][];
            /** Robots */
            robots: components["schemas"]["RobotPublic"][];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "snapshot";
        };
        /**
         * Spot
         * @description A bench or table with a QR code; the robot serves it from ``node_id``.
         */
        Spot: {
            name: components["schemas"]["LocalName"];
            /** Nodeid */
            nodeId: string;
            /** Spotid */
            spotId: string;
            /** X */
            x: number;
            /** Y */
            y: number;
        };
        /**
         * SpotBrief
         * @description A spot as the resident's page needs it.
         */
        SpotBrief: {
            name: components["schemas"]["LocalText"];
            /** Spot Id */
            spot_id: string;
            /** X */
            x: number;
            /** Y */
            y: number;
        };
        /**
         * SpotPublic
         * @description A spot with the address its QR code opens.
         */
        SpotPublic: {
            name: components["schemas"]["LocalText"];
            /** Node Id */
            node_id: string;
            /** Page Url */
            page_url: string;
            /** Spot Id */
            spot_id: string;
            /** X */
            x: number;
            /** Y */
            y: number;
        };
        /**
         * Station
         * @description A charger, depot or shop; the robot stops at ``node_id`` facing ``theta``.
         */
        Station: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "charger" | "depot" | "shop";
            name: components["schemas"]["LocalName"];
            /** Nodeid */
            nodeId: string;
            /** Stationid */
            stationId: string;
            /** Theta */
            theta: number;
            /** X */
            x: number;
            /** Y */
            y: number;
        };
        /**
         * StepPublic
         * @description One step of a mission.
         */
        StepPublic: {
            /** Kind */
            kind: string;
            /** Node Id */
            node_id: string | null;
            state: components["schemas"]["StepState"];
            text: components["schemas"]["LocalText"];
        };
        /**
         * StepState
         * @description Life of one step of a mission.
         * @enum {string}
         */
        StepState: "waiting" | "running" | "finished" | "failed" | "canceled";
        /**
         * TicketCreate
         * @description Body of a ticket: what the QR code says after ``/s/``.
         */
        TicketCreate: {
            /** Spot Token */
            spot_token: string;
        };
        /**
         * TicketHello
         * @description First frame a resident's page sends.
         */
        TicketHello: {
            /** Ticket */
            ticket: string;
        };
        /**
         * TicketPublic
         * @description A short-lived right to call for one spot.
         */
        TicketPublic: {
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            open_call: components["schemas"]["CallPublic"] | null;
            spot: components["schemas"]["SpotBrief"];
            /** Ticket */
            ticket: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    command_state: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                command_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandPublic"];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    events: {
        parameters: {
            query?: {
                /** @description An id of this list */
                after?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPublic"][];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    incidents: {
        parameters: {
            query?: {
                state?: components["schemas"]["IncidentState"] | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentPublic"][];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acknowledge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IncidentNote"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentPublic"];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resolve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IncidentNote"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentPublic"];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    missions: {
        parameters: {
            query?: {
                state?: components["schemas"]["MissionState"] | null;
                robot_id?: string | null;
                limit?: number;
                /** @description An id of this list */
                before?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MissionPublic"][];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mission: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mission_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MissionPublic"];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_mission: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mission_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MissionCancel"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MissionPublic"];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    robots: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RobotPublic"][];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    robot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                robot_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RobotPublic"];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    command: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                robot_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommandCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandPublic"];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    site: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SitePublic"];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Not ready yet */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    calls: {
        parameters: {
            query?: {
                state?: components["schemas"]["CallState"] | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallPublic"][];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_call: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallPublic"];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallPublic"];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallPublic"];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    qr_sheet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    spots: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpotPublic"][];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    spot_qr: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                spot_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": unknown;
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_ticket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TicketCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketPublic"];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    who_am_i: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionPublic"];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    log_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionPublic"];
                };
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    log_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stream_framestream_frame_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SnapshotFrame"] | components["schemas"]["RobotFrame"] | components["schemas"]["MissionFrame"] | components["schemas"]["CallFrame"] | components["schemas"]["IncidentFrame"] | components["schemas"]["EventFrame"] | components["schemas"]["RobotPositionFrame"] | components["schemas"]["HeartbeatFrame"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    stream_hellostream_hello_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TicketHello"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
}
