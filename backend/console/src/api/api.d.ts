/** Made by `npm run api` from the backend. Do not edit. */

export interface paths {
    "/delivery/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Deliveries
         * @description Deliveries, newest first, without what is in them and for whom.
         */
        get: operations["deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/deliveries/{delivery_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Delivery Detail
         * @description One delivery with its proof.
         */
        get: operations["delivery_detail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/deliveries/{delivery_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel Delivery By Operator
         * @description Take a delivery back; goods on board come back to the shop.
         */
        post: operations["cancel_delivery_by_operator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/deliveries/{delivery_id}/recipient": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delivery Recipient
         * @description What is in it and for whom; the look is recorded with its reason.
         */
        post: operations["delivery_recipient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/deliveries/{delivery_id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resolve Delivery
         * @description Say what became of stranded goods.
         */
        post: operations["resolve_delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/deliveries/{delivery_id}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unlock Delivery
         * @description Allow new tries of the PIN.
         */
        post: operations["unlock_delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/follow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow
         * @description The delivery of the link that is shown as ticket.
         */
        get: operations["follow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/follow/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look
         * @description The delivery of a link; the link's token is also the ticket for what follows and for the stream.
         */
        post: operations["look"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/follow/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open Compartment
         * @description The compartment, for the right PIN, once the robot is there.
         */
        post: operations["open_compartment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/follow/taken": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Goods Taken
         * @description The goods are out: the robot closes its compartment and goes.
         */
        post: operations["goods_taken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/shop/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shop Deliveries
         * @description The shop's deliveries, newest first.
         */
        get: operations["shop_deliveries"];
        put?: never;
        /**
         * Create Delivery
         * @description Send goods; the answer has the PIN and the link for the recipient, this once.
         */
        post: operations["create_delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/shop/deliveries/{delivery_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel Delivery
         * @description Take a delivery back; goods on board come back to the shop.
         */
        post: operations["cancel_delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/shop/deliveries/{delivery_id}/goods-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Goods In
         * @description The goods are in: the robot closes its compartment and goes.
         */
        post: operations["goods_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/shop/deliveries/{delivery_id}/goods-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Goods Out
         * @description The goods that came back are out.
         */
        post: operations["goods_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/shop/deliveries/{delivery_id}/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * New Pin
         * @description A new PIN and link; those before no longer count.
         */
        post: operations["new_pin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/shop/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create Shop Ticket
         * @description Turn a shop's link into a ticket.
         */
        post: operations["create_shop_ticket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/shops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shops
         * @description Every shop with the address of its page.
         */
        get: operations["shops"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/shops/{shop_id}/qr.svg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shop Qr
         * @description QR code of a shop's page.
         */
        get: operations["shop_qr"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/closures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Closures
         * @description Areas that are closed now.
         */
        get: operations["closures"];
        put?: never;
        /**
         * Close Area
         * @description Close an area: robots drive around it, missions to it wait.
         */
        post: operations["close_area"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/closures/{closure_id}/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open Area
         * @description Open it again.
         */
        post: operations["open_area"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
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
    "/fleet/emergency-stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fleet Stop
         * @description The emergency stop of all robots, when it is on.
         */
        get: operations["fleet_stop"];
        put?: never;
        /**
         * Stop Fleet
         * @description Stop every robot of the site at once; pressing again changes nothing.
         */
        post: operations["stop_fleet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/emergency-stop/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release Fleet Stop
         * @description Release the stop of all robots; what else has stopped a robot stays on.
         */
        post: operations["release_fleet_stop"];
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
    "/fleet/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures
         * @description How well one kind of work went: today and the days before.
         */
        get: operations["figures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/figures.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures Csv
         * @description The same for a spreadsheet.
         */
        get: operations["figures_csv"];
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
    "/fleet/incidents/{incident_id}/recording": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recording
         * @description The robot's last minute before an incident.
         */
        get: operations["recording"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/incidents/{incident_id}/recording.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recording Csv
         * @description The same for a spreadsheet; who took a copy is recorded.
         */
        get: operations["recording_csv"];
        put?: never;
        post?: never;
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
    "/fleet/operators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Operators
         * @description User names of those who may take a robot over.
         */
        get: operations["operators"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/papers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Papers
         * @description Insurance and certificates of all robots.
         */
        get: operations["papers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/papers/standing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Standing
         * @description How each robot of the site stands with the law today, and whether it may be sent out.
         */
        get: operations["standing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recordings
         * @description Recordings of incidents, newest first.
         */
        get: operations["recordings"];
        put?: never;
        post?: never;
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
    "/fleet/robots/{robot_id}/papers/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put Paper
         * @description Enter a robot's insurance or certificate, or its renewal.
         */
        put: operations["put_paper"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/robots/{robot_id}/takeover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take Over
         * @description Take a robot over; 409 names who holds it and since when.
         */
        post: operations["take_over"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/robots/{robot_id}/takeover/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept Takeover
         * @description Take the robot that was offered.
         */
        post: operations["accept_takeover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/robots/{robot_id}/takeover/hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand Over
         * @description Offer the robot to another operator; the holder stays in control until they accept.
         */
        post: operations["hand_over"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/robots/{robot_id}/takeover/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release Takeover
         * @description Let the robot drive by itself again; administrators may release what others hold.
         */
        post: operations["release_takeover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/robots/{robot_id}/takeover/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Renew Takeover
         * @description Keep the lease alive; to be asked every five seconds, it lapses after fifteen.
         */
        post: operations["renew_takeover"];
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
    "/fleet/takeovers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Takeovers
         * @description Who was in control of which robot, newest first.
         */
        get: operations["takeovers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/weather": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Weather
         * @description How warm it is, if somebody said so lately.
         */
        get: operations["weather"];
        /**
         * Say Weather
         * @description Say how warm it is: in the cold, batteries last less far.
         */
        put: operations["say_weather"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fleet/weather/cold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Cold
         * @description What the cold takes of the batteries.
         */
        get: operations["cold"];
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
    "/patrol/observations/{observation_id}/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Patrol Picture
         * @description The picture of an observation; every look is recorded.
         */
        get: operations["patrol_picture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patrol/rounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Patrol Rounds
         * @description Rounds, newest first.
         */
        get: operations["patrol_rounds"];
        put?: never;
        /**
         * Create Patrol Round
         * @description An extra round, now.
         */
        post: operations["create_patrol_round"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patrol/rounds/{round_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Patrol Round
         * @description One round with what was seen.
         */
        get: operations["patrol_round"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patrol/rounds/{round_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel Patrol Round
         * @description Call a round off.
         */
        post: operations["cancel_patrol_round"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patrol/routes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Patrol Routes
         * @description Every route with its timetable and next starts.
         */
        get: operations["patrol_routes"];
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
    "/recycling/expected": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Expected Litres
         * @description Every spot with what a visit usually brings.
         */
        get: operations["expected_litres"];
        put?: never;
        post?: never;
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
    "/recycling/round-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview Collection Round
         * @description How a round would go if it began now; takes a second, stores nothing.
         */
        post: operations["preview_collection_round"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recycling/rounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Collection Rounds
         * @description Rounds, newest first.
         */
        get: operations["collection_rounds"];
        put?: never;
        /**
         * Create Collection Round
         * @description Begin a round now.
         */
        post: operations["create_collection_round"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recycling/rounds/{round_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Collection Round
         * @description One round with its stops.
         */
        get: operations["collection_round"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recycling/rounds/{round_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel Collection Round
         * @description Call a round off: robots finish nothing more of it.
         */
        post: operations["cancel_collection_round"];
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
    "drive-frame": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Drive Frame
         * @description A frame the holder's console sends on ``WS /api/fleet/robots/{robot_id}/drive``, ten a second.
         */
        post: operations["drive_framedrive_frame_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
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
         * CapacityPoint
         * @description Share of the battery that is there at a temperature, 0..1.
         */
        CapacityPoint: {
            /** Capacity */
            capacity: number;
            /** Temperature C */
            temperature_c: number;
        };
        /**
         * CauseCount
         * @description How often something was the reason.
         */
        CauseCount: {
            /** Count */
            count: number;
            text: components["schemas"]["LocalText"];
        };
        /**
         * ClosureCreate
         * @description Body of a closure: corners of the area in metres of the map, and until when.
         */
        ClosureCreate: {
            /**
             * Reason
             * @description Why, for the record
             */
            reason: string;
            /**
             * Until
             * Format: date-time
             */
            until: string;
            /** Vertices */
            vertices: number[][];
        };
        /**
         * ClosurePublic
         * @description An area people closed.
         */
        ClosurePublic: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Ended At */
            ended_at: string | null;
            /** Ended By */
            ended_by: string | null;
            /** Id */
            id: string;
            /** Made By */
            made_by: string;
            /** Reason */
            reason: string;
            /**
             * Until
             * Format: date-time
             */
            until: string;
            /** Vertices */
            vertices: number[][];
        };
        /**
         * ColdPublic
         * @description What the cold takes: shares between the points lie on straight lines, outside them the nearest holds.
         */
        ColdPublic: {
            /** Points */
            points: components["schemas"]["CapacityPoint"][];
            /** Reserve Percent */
            reserve_percent: number;
        };
        /**
         * CollectionCreate
         * @description Body of a round: its spots, or (None) all that are in no open round.
         *
         *     Nothing is begun after ``latest_at``; without it, after as long as rounds last by the settings.
         */
        CollectionCreate: {
            /** Latest At */
            latest_at?: string | null;
            /** Spots */
            spots?: components["schemas"]["StopCreate"][] | null;
        };
        /**
         * CollectionDetail
         * @description A round with its stops: those under way first, then those that wait in the order robots come, then the rest.
         */
        CollectionDetail: {
            /** Cancel Requested */
            cancel_requested: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Due At */
            due_at: string | null;
            /** Ended At */
            ended_at: string | null;
            /** Id */
            id: string;
            /**
             * Latest At
             * Format: date-time
             */
            latest_at: string;
            /** Made By */
            made_by: string;
            state: components["schemas"]["CollectionState"];
            /** Stop List */
            stop_list: components["schemas"]["StopPublic"][];
            /** Stops */
            stops: number;
            /** Stops Done */
            stops_done: number;
            /** Stops Left */
            stops_left: number;
        };
        /**
         * CollectionForecast
         * @description How a round would go if it began now.
         */
        CollectionForecast: {
            /** Left Out */
            left_out: components["schemas"]["SpotLeftOut"][];
            /** Tours */
            tours: components["schemas"]["PlannedTour"][];
        };
        /**
         * CollectionPublic
         * @description A round; ``due_at``: its start in the timetable, if it came from there; ``stops_left``: ended without a visit.
         */
        CollectionPublic: {
            /** Cancel Requested */
            cancel_requested: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Due At */
            due_at: string | null;
            /** Ended At */
            ended_at: string | null;
            /** Id */
            id: string;
            /**
             * Latest At
             * Format: date-time
             */
            latest_at: string;
            /** Made By */
            made_by: string;
            state: components["schemas"]["CollectionState"];
            /** Stops */
            stops: number;
            /** Stops Done */
            stops_done: number;
            /** Stops Left */
            stops_left: number;
        };
        /**
         * CollectionRoundFrame
         * @description Something about a collecting round is new: whoever shows it reads it again.
         */
        CollectionRoundFrame: {
            /** Round Id */
            round_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "collection_round";
        };
        /**
         * CollectionState
         * @description Life of a collecting round; the last two are final.
         * @enum {string}
         */
        CollectionState: "under_way" | "done" | "canceled";
        /**
         * CommandCreate
         * @description Body of a command; the same ``command_id`` twice is one command.
         */
        CommandCreate: {
            /** Command Id */
            command_id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "pause" | "resume" | "cancel_order" | "emergency_stop" | "release_emergency_stop" | "state_request";
            /**
             * Reason
             * @description Why, for the record
             */
            reason: string;
        };
        /**
         * CommandKind
         * @description What may be asked of a robot at once; the compartments only by whom the goods concern.
         * @enum {string}
         */
        CommandKind: "pause" | "resume" | "cancel_order" | "emergency_stop" | "release_emergency_stop" | "state_request" | "open_compartment" | "close_compartment" | "fleet_stop" | "release_fleet_stop";
        /**
         * CommandPublic
         * @description A command and how far it got.
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
         * DayFigures
         * @description Missions of one kind asked for on one day; None where there was nothing to measure.
         *
         *     Times are robot seconds from the asking: ``arrival`` until a robot was at the first place, ``done`` until all was
         *     done. ``on_time`` is the share of arrivals within the target.
         */
        DayFigures: {
            /** Arrival P50 S */
            arrival_p50_s: number | null;
            /** Arrival P95 S */
            arrival_p95_s: number | null;
            /** Canceled */
            canceled: number;
            /** Causes */
            causes: components["schemas"]["CauseCount"][];
            /** Day */
            day: string;
            /** Done P50 S */
            done_p50_s: number | null;
            /** Done P95 S */
            done_p95_s: number | null;
            /** Failed */
            failed: number;
            /** Missions */
            missions: number;
            /** On Time */
            on_time: number | null;
            /** Reassigned */
            reassigned: number;
            /** Served */
            served: number;
        };
        /**
         * DeliveryCreate
         * @description Body of a new delivery; the same ``request_id`` twice is one delivery.
         */
        DeliveryCreate: {
            /** Goods */
            goods: string;
            /**
             * Language
             * @default ko
             * @enum {string}
             */
            language: "ko" | "en";
            /** Mass Kg */
            mass_kg: number;
            /** Recipient */
            recipient?: string | null;
            /** Request Id */
            request_id: string;
            size: components["schemas"]["Size"];
            /** Spot Id */
            spot_id: string;
        };
        /**
         * DeliveryDetail
         * @description One delivery with its proof.
         */
        DeliveryDetail: {
            /** Compartment */
            compartment: number;
            /** Countdown S */
            countdown_s: number | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Door
             * @enum {string}
             */
            door: "closed" | "opening" | "open" | "closing" | "no_answer";
            /** Eta S */
            eta_s: number | null;
            /** Id */
            id: string;
            /** Locked */
            locked: boolean;
            /** Mass Kg */
            mass_kg: number;
            /** Mission Id */
            mission_id: string | null;
            proof: components["schemas"]["ProofPublic"] | null;
            /** Queue Position */
            queue_position: number | null;
            reason: components["schemas"]["KeyedText"] | null;
            /** Robot Id */
            robot_id: string | null;
            robot_name: components["schemas"]["LocalText"] | null;
            shop: components["schemas"]["PlaceBrief"];
            size: components["schemas"]["Size"];
            spot: components["schemas"]["PlaceBrief"];
            state: components["schemas"]["DeliveryState"];
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Wrong Pins */
            wrong_pins: number;
        };
        /**
         * DeliveryFrame
         * @description A delivery changed.
         */
        DeliveryFrame: {
            delivery: components["schemas"]["DeliveryPublic"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "delivery";
        };
        /**
         * DeliveryMade
         * @description Answer to a new delivery or a new PIN. The PIN is told only here; an earlier one no longer counts.
         */
        DeliveryMade: {
            delivery: components["schemas"]["ShopDelivery"];
            /** Follow Url */
            follow_url: string;
            /** Pin */
            pin: string;
        };
        /**
         * DeliveryPublic
         * @description A delivery for accounts: without what is in it and for whom.
         */
        DeliveryPublic: {
            /** Compartment */
            compartment: number;
            /** Countdown S */
            countdown_s: number | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Door
             * @enum {string}
             */
            door: "closed" | "opening" | "open" | "closing" | "no_answer";
            /** Eta S */
            eta_s: number | null;
            /** Id */
            id: string;
            /** Locked */
            locked: boolean;
            /** Mass Kg */
            mass_kg: number;
            /** Mission Id */
            mission_id: string | null;
            /** Queue Position */
            queue_position: number | null;
            reason: components["schemas"]["KeyedText"] | null;
            /** Robot Id */
            robot_id: string | null;
            robot_name: components["schemas"]["LocalText"] | null;
            shop: components["schemas"]["PlaceBrief"];
            size: components["schemas"]["Size"];
            spot: components["schemas"]["PlaceBrief"];
            state: components["schemas"]["DeliveryState"];
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Wrong Pins */
            wrong_pins: number;
        };
        /**
         * DeliveryState
         * @description ``STRANDED``: goods on a robot that has given up; a person fetches them. The last five are final.
         * @enum {string}
         */
        DeliveryState: "requested" | "assigned" | "at_shop" | "loaded" | "near" | "arrived" | "returning" | "back_at_shop" | "stranded" | "handed_over" | "returned" | "canceled" | "failed" | "lost";
        /**
         * DriveFrame
         * @description What the holder's console sends while a key is pressed: m/s, rad/s, and its own clock in milliseconds.
         */
        DriveFrame: {
            /** At */
            at: number;
            /** Sequence */
            sequence: number;
            /** V */
            v: number;
            /** W */
            w: number;
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
         * FleetStopFrame
         * @description The emergency stop of all robots was pressed, or released (None).
         */
        FleetStopFrame: {
            stop: components["schemas"]["FleetStopPublic"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "fleet_stop";
        };
        /**
         * FleetStopPublic
         * @description The emergency stop of every robot of the site.
         */
        FleetStopPublic: {
            /** By */
            by: string;
            /** Id */
            id: string;
            /** Reason */
            reason: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
        };
        /**
         * Follow
         * @description A delivery for whoever has its link.
         */
        Follow: {
            /** Countdown S */
            countdown_s: number | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Door
             * @enum {string}
             */
            door: "closed" | "opening" | "open" | "closing" | "no_answer";
            /** Eta S */
            eta_s: number | null;
            /** Goods */
            goods: string;
            /** Id */
            id: string;
            /** Locked */
            locked: boolean;
            /** Notices */
            notices: components["schemas"]["Notice"][];
            /**
             * Pin Expires At
             * Format: date-time
             */
            pin_expires_at: string;
            /** Queue Position */
            queue_position: number | null;
            reason: components["schemas"]["KeyedText"] | null;
            /** Robot Id */
            robot_id: string | null;
            robot_name: components["schemas"]["LocalText"] | null;
            shop: components["schemas"]["PlaceBrief"];
            size: components["schemas"]["Size"];
            spot: components["schemas"]["PlaceBrief"];
            state: components["schemas"]["DeliveryState"];
            /** Tries Left */
            tries_left: number;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * FollowFrame
         * @description For a follow link: its delivery changed.
         */
        FollowFrame: {
            delivery: components["schemas"]["Follow"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "follow";
        };
        /**
         * FollowLook
         * @description Body: what the follow link says after ``/d/``.
         */
        FollowLook: {
            /** Follow Token */
            follow_token: string;
        };
        /**
         * HandOver
         * @description Body of an offer: the user name of who is to take the robot.
         */
        HandOver: {
            /** To */
            to: string;
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
        MissionKind: "collect" | "round" | "unload" | "charge" | "deliver" | "patrol";
        /**
         * MissionPublic
         * @description Ordered steps for one robot; ``waiting``: what it waits for in the queue and when it will begin.
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
            waiting: components["schemas"]["KeyedText"] | null;
        };
        /**
         * MissionState
         * @description Life of a mission; the last three are final.
         * @enum {string}
         */
        MissionState: "queued" | "assigned" | "active" | "finished" | "canceled" | "failed";
        /**
         * Notice
         * @description Something the recipient is told, and when.
         */
        Notice: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            text: components["schemas"]["KeyedText"];
        };
        /**
         * ObservationPublic
         * @description What was seen at a point; ``people_seen`` None where nobody counted.
         */
        ObservationPublic: {
            /** Has Picture */
            has_picture: boolean;
            /** Id */
            id: string;
            /** People Seen */
            people_seen: number | null;
            /** Point Id */
            point_id: string;
            point_name: components["schemas"]["LocalText"];
            /**
             * Received At
             * Format: date-time
             */
            received_at: string;
            /** Robot Id */
            robot_id: string;
            /**
             * Taken At
             * Format: date-time
             */
            taken_at: string;
            /** X */
            x: number;
            /** Y */
            y: number;
        };
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
         * PaperInput
         * @description Body of a robot's paper.
         */
        PaperInput: {
            /** Number */
            number: string;
            /**
             * Valid Until
             * Format: date
             */
            valid_until: string;
        };
        /**
         * PaperKind
         * @description What the law asks a robot outdoors to have.
         * @enum {string}
         */
        PaperKind: "insurance" | "certificate";
        /**
         * PaperPublic
         * @description Insurance or certificate of a robot; the day named is the last one it is valid on.
         */
        PaperPublic: {
            kind: components["schemas"]["PaperKind"];
            /** Number */
            number: string;
            /** Robot Id */
            robot_id: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Updated By */
            updated_by: string;
            /**
             * Valid Until
             * Format: date
             */
            valid_until: string;
        };
        /**
         * PaperStanding
         * @description One kind of paper of a robot; ``days_left`` counts today's as 0 and is negative when it has ended.
         */
        PaperStanding: {
            /** Days Left */
            days_left: number | null;
            kind: components["schemas"]["PaperKind"];
            /** Number */
            number: string | null;
            /** Required */
            required: boolean;
            state: components["schemas"]["PaperState"];
            /** Updated At */
            updated_at: string | null;
            /** Updated By */
            updated_by: string | null;
            /** Valid Until */
            valid_until: string | null;
        };
        /**
         * PaperState
         * @description How a paper stands today.
         * @enum {string}
         */
        PaperState: "valid" | "ends_soon" | "ended" | "missing";
        /**
         * PatrolPoint
         * @description A place where a round stops and looks for some seconds of robot time.
         */
        PatrolPoint: {
            /**
             * Durations
             * @default 5
             */
            durationS: number;
            name: components["schemas"]["LocalName"];
            /** Nodeid */
            nodeId: string;
            /** Pointid */
            pointId: string;
        };
        /**
         * PatrolRoute
         * @description A fixed way of looking after the site, and when it is gone.
         */
        PatrolRoute: {
            /**
             * Days
             * @default [
             *       "mon",
             *       "tue",
             *       "wed",
             *       "thu",
             *       "fri",
             *       "sat",
             *       "sun"
             *     ]
             */
            days: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
            name: components["schemas"]["LocalName"];
            /** Points */
            points: components["schemas"]["PatrolPoint"][];
            /** Routeid */
            routeId: string;
            /** Starts */
            starts: string[];
        };
        /**
         * PinTry
         * @description Body of a try.
         */
        PinTry: {
            /** Pin */
            pin: string;
        };
        /**
         * PlaceBrief
         * @description A shop or a spot on the map.
         */
        PlaceBrief: {
            /** Id */
            id: string;
            name: components["schemas"]["LocalText"];
            /** X */
            x: number;
            /** Y */
            y: number;
        };
        /**
         * PlannedTour
         * @description What one robot would do; ``path`` in metres of the map.
         */
        PlannedTour: {
            /**
             * Home At
             * Format: date-time
             */
            home_at: string;
            /** Metres */
            metres: number;
            /** Path */
            path: [
                number,
                number
            ][];
            /** Robot Id */
            robot_id: string;
            robot_name: components["schemas"]["LocalText"];
            /** Visits */
            visits: components["schemas"]["PlannedVisit"][];
        };
        /**
         * PlannedVisit
         * @description A spot or (no ``spot_id``) a depot on a tour.
         */
        PlannedVisit: {
            /**
             * Arrive At
             * Format: date-time
             */
            arrive_at: string;
            name: components["schemas"]["LocalText"];
            /** Spot Id */
            spot_id: string | null;
            /** X */
            x: number;
            /** Y */
            y: number;
        };
        /**
         * PointPublic
         * @description A place where a round looks round; metres in the map frame.
         */
        PointPublic: {
            name: components["schemas"]["LocalText"];
            /** Point Id */
            point_id: string;
            /** X */
            x: number;
            /** Y */
            y: number;
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
         * ProofPublic
         * @description What a hand-over is proved by; ``goods_hash`` is SHA-256 of delivery id, line break and goods.
         */
        ProofPublic: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Goods Hash */
            goods_hash: string;
            /** Pin Verified At */
            pin_verified_at: string | null;
            place: components["schemas"]["LocalText"];
            /** Robot Id */
            robot_id: string;
            robot_name: components["schemas"]["LocalText"];
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
         * RecipientPublic
         * @description What an operator gets to see for a reason.
         */
        RecipientPublic: {
            /** Goods */
            goods: string;
            /** Recipient */
            recipient: string | null;
        };
        /**
         * RecordedMoment
         * @description One moment of a robot in the event recorder; what older recordings lack is None or empty.
         */
        RecordedMoment: {
            /** Activity */
            activity?: ("idle" | "driving" | "serving" | "charging" | "waiting" | "paused" | "stopped" | "offline" | "manual") | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Driving */
            driving: boolean;
            /** Emergency Stop */
            emergency_stop: string;
            /**
             * Error Values
             * @default []
             */
            error_values: {
                [key: string]: string;
            }[];
            /** Errors */
            errors: string[];
            /** Last Node Id */
            last_node_id: string | null;
            /** Operating Mode */
            operating_mode: string | null;
            /** Order Id */
            order_id: string | null;
            /** Paused */
            paused: boolean;
            /** Speed Mps */
            speed_mps: number | null;
            /** State Of Charge */
            state_of_charge?: number | null;
            /** Theta */
            theta: number | null;
            /** Waiting */
            waiting: string | null;
            /**
             * Waiting Values
             * @default {}
             */
            waiting_values: {
                [key: string]: string;
            };
            /** X */
            x: number | null;
            /** Y */
            y: number | null;
        };
        /**
         * RecordedPhase
         * @description A stretch of a recording in which the robot did one thing.
         */
        RecordedPhase: {
            /** Activity */
            activity: ("idle" | "driving" | "serving" | "charging" | "waiting" | "paused" | "stopped" | "offline" | "manual") | null;
            /** Errors */
            errors: components["schemas"]["KeyedText"][];
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /**
             * Until
             * Format: date-time
             */
            until: string;
            waiting: components["schemas"]["KeyedText"] | null;
        };
        /**
         * Recording
         * @description The last minute before an incident, oldest first.
         */
        Recording: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Incident Id */
            incident_id: string;
            /** Moment Count */
            moment_count: number;
            /** Moments */
            moments: components["schemas"]["RecordedMoment"][];
            /** Phases */
            phases: components["schemas"]["RecordedPhase"][];
            /** Robot Id */
            robot_id: string;
            robot_name: components["schemas"]["LocalText"];
            state: components["schemas"]["IncidentState"];
            text: components["schemas"]["KeyedText"];
        };
        /**
         * RecordingSummary
         * @description A recording as a list shows it.
         */
        RecordingSummary: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Incident Id */
            incident_id: string;
            /** Moment Count */
            moment_count: number;
            /** Robot Id */
            robot_id: string;
            robot_name: components["schemas"]["LocalText"];
            state: components["schemas"]["IncidentState"];
            text: components["schemas"]["KeyedText"];
        };
        /**
         * Resolve
         * @description Body: what became of goods that a person has fetched, or looked for.
         */
        Resolve: {
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "handed_over" | "returned" | "lost";
            /**
             * Reason
             * @description Why, for the record
             */
            reason: string;
        };
        /**
         * RobotDayFigures
         * @description One robot on one day; shares of the time it was on line.
         */
        RobotDayFigures: {
            /** Busy Share */
            busy_share: number;
            /** Charge Used */
            charge_used: number;
            /** Day */
            day: string;
            /** Distance M */
            distance_m: number;
            /** Driving Share */
            driving_share: number;
            name: components["schemas"]["LocalText"];
            /** Online S */
            online_s: number;
            /** Robot Id */
            robot_id: string;
            /** Served */
            served: number;
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
         * @description For a ticket: where the robot of its call or delivery is.
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
            activity: "idle" | "driving" | "serving" | "charging" | "waiting" | "paused" | "stopped" | "offline" | "manual";
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
            /** Stops */
            stops: ("button" | "robot" | "fleet")[];
            takeover: components["schemas"]["TakeoverPublic"] | null;
            /** Theta */
            theta: number | null;
            waiting: components["schemas"]["KeyedText"] | null;
            /** X */
            x: number | null;
            /** Y */
            y: number | null;
        };
        /**
         * RobotStanding
         * @description A robot before the law: whether it may be sent out, and its papers.
         */
        RobotStanding: {
            /** Lawful */
            lawful: boolean;
            name: components["schemas"]["LocalText"];
            /** Papers */
            papers: components["schemas"]["PaperStanding"][];
            reason: components["schemas"]["KeyedText"] | null;
            /** Robot Id */
            robot_id: string;
        };
        /**
         * Role
         * @description What an account may do; each includes the ones before.
         * @enum {string}
         */
        Role: "viewer" | "operator" | "admin";
        /**
         * RoundCreate
         * @description Body of an extra round.
         */
        RoundCreate: {
            /** Route Id */
            route_id: string;
        };
        /**
         * RoundDetail
         * @description A round with what was seen, oldest first.
         */
        RoundDetail: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Due At
             * Format: date-time
             */
            due_at: string;
            /** Ended At */
            ended_at: string | null;
            /** Extra */
            extra: boolean;
            /** Id */
            id: string;
            /** Mission Id */
            mission_id: string | null;
            /** Observations */
            observations: components["schemas"]["ObservationPublic"][];
            /** Points */
            points: components["schemas"]["PointPublic"][];
            /** Points Seen */
            points_seen: number;
            reason: components["schemas"]["KeyedText"] | null;
            /** Robot Id */
            robot_id: string | null;
            robot_name: components["schemas"]["LocalText"] | null;
            /** Route Id */
            route_id: string;
            route_name: components["schemas"]["LocalText"];
            /** Started At */
            started_at: string | null;
            state: components["schemas"]["RoundState"];
        };
        /**
         * RoundPublic
         * @description One round. ``extra``: a person asked for it; ``points_seen``: at how many points something was observed.
         */
        RoundPublic: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Due At
             * Format: date-time
             */
            due_at: string;
            /** Ended At */
            ended_at: string | null;
            /** Extra */
            extra: boolean;
            /** Id */
            id: string;
            /** Mission Id */
            mission_id: string | null;
            /** Points */
            points: components["schemas"]["PointPublic"][];
            /** Points Seen */
            points_seen: number;
            reason: components["schemas"]["KeyedText"] | null;
            /** Robot Id */
            robot_id: string | null;
            robot_name: components["schemas"]["LocalText"] | null;
            /** Route Id */
            route_id: string;
            route_name: components["schemas"]["LocalText"];
            /** Started At */
            started_at: string | null;
            state: components["schemas"]["RoundState"];
        };
        /**
         * RoundState
         * @description Life of a round; the last four are final. ``MISSED``: it was due and never begun.
         * @enum {string}
         */
        RoundState: "due" | "assigned" | "under_way" | "done" | "canceled" | "failed" | "missed";
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
         * RoutePublic
         * @description A route with its timetable in the site's time zone and its next starts.
         */
        RoutePublic: {
            /** Days */
            days: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
            name: components["schemas"]["LocalText"];
            /** Next Due */
            next_due: string[];
            /** Points */
            points: components["schemas"]["PointPublic"][];
            /** Route Id */
            route_id: string;
            /** Starts */
            starts: string[];
            /** Timezone */
            timezone: string;
        };
        /**
         * ServiceFigures
         * @description How well one kind of work went, oldest day first; only residents' calls have a target for arrivals.
         */
        ServiceFigures: {
            /** Days */
            days: components["schemas"]["DayFigures"][];
            kind: components["schemas"]["MissionKind"];
            /** Robots */
            robots: components["schemas"]["RobotDayFigures"][];
            /** Speed Factor */
            speed_factor: number;
            /** Target S */
            target_s: number | null;
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
         * ShopDelivery
         * @description A delivery for its shop.
         */
        ShopDelivery: {
            /** Cancelable */
            cancelable: boolean;
            /** Countdown S */
            countdown_s: number | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Door
             * @enum {string}
             */
            door: "closed" | "opening" | "open" | "closing" | "no_answer";
            /** Eta S */
            eta_s: number | null;
            /** Goods */
            goods: string;
            /** Id */
            id: string;
            /** Locked */
            locked: boolean;
            /** Mass Kg */
            mass_kg: number;
            /**
             * Pin Expires At
             * Format: date-time
             */
            pin_expires_at: string;
            proof: components["schemas"]["ProofPublic"] | null;
            /** Queue Position */
            queue_position: number | null;
            reason: components["schemas"]["KeyedText"] | null;
            /** Recipient */
            recipient: string | null;
            /** Robot Id */
            robot_id: string | null;
            robot_name: components["schemas"]["LocalText"] | null;
            shop: components["schemas"]["PlaceBrief"];
            size: components["schemas"]["Size"];
            spot: components["schemas"]["PlaceBrief"];
            state: components["schemas"]["DeliveryState"];
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * ShopDeliveryFrame
         * @description For a shop's ticket: one of its deliveries changed; the first frames are those that are open.
         */
        ShopDeliveryFrame: {
            delivery: components["schemas"]["ShopDelivery"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "shop_delivery";
        };
        /**
         * ShopPublic
         * @description A shop with the address of its page.
         */
        ShopPublic: {
            /** Id */
            id: string;
            name: components["schemas"]["LocalText"];
            /** Page Url */
            page_url: string;
            /** X */
            x: number;
            /** Y */
            y: number;
        };
        /**
         * ShopTicket
         * @description The right of a shop's page, and what its form offers.
         */
        ShopTicket: {
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Places */
            places: components["schemas"]["PlaceBrief"][];
            shop: components["schemas"]["PlaceBrief"];
            /** Sizes */
            sizes: components["schemas"]["SizePublic"][];
            /** Ticket */
            ticket: string;
        };
        /**
         * ShopTicketCreate
         * @description Body: what the shop's link says after ``/shop/``.
         */
        ShopTicketCreate: {
            /** Shop Token */
            shop_token: string;
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
            /**
             * Patrols
             * @default []
             */
            patrols: components["schemas"]["PatrolRoute"][];
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
         * Size
         * @description What a shop chooses; each has a compartment of its own, and fits into all that are larger.
         * @enum {string}
         */
        Size: "small" | "medium" | "large" | "extra_large";
        /**
         * SizePublic
         * @description A size and the most its goods may weigh.
         */
        SizePublic: {
            /** Most Kg */
            most_kg: number;
            size: components["schemas"]["Size"];
        };
        /**
         * SnapshotFrame
         * @description First frame after a log-in: everything that is open.
         */
        SnapshotFrame: {
            /** Calls */
            calls: components["schemas"]["CallPublic"][];
            /** Deliveries */
            deliveries: components["schemas"]["DeliveryPublic"][];
            /** Events */
            events: components["schemas"]["EventPublic"][];
            fleet_stop: components["schemas"]["FleetStopPublic"] | null;
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
         * SpotLeftOut
         * @description A spot that nobody could visit, and why.
         */
        SpotLeftOut: {
            name: components["schemas"]["LocalText"];
            reason: components["schemas"]["KeyedText"];
            /** Spot Id */
            spot_id: string;
        };
        /**
         * SpotLitres
         * @description What a visit at a spot usually brings, and from how many visits that was learnt (0: it is the usual guess).
         *
         *     ``in_round``: it is in an open round.
         */
        SpotLitres: {
            /** In Round */
            in_round: boolean;
            /** Litres */
            litres: {
                [key: string]: number;
            };
            name: components["schemas"]["LocalText"];
            /** Spot Id */
            spot_id: string;
            /** Visits */
            visits: number;
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
         * StopCreate
         * @description A spot of a round; without ``litres`` what is usual there.
         */
        StopCreate: {
            /** Litres */
            litres?: {
                [key: string]: number;
            } | null;
            /** Spot Id */
            spot_id: string;
        };
        /**
         * StopPublic
         * @description One stop. ``robot_id`` of a waiting one: who will probably come; ``expected_at``: when a robot is there.
         */
        StopPublic: {
            /** Arrived At */
            arrived_at: string | null;
            /** Collected */
            collected: {
                [key: string]: number;
            } | null;
            /** Ended At */
            ended_at: string | null;
            /** Expected At */
            expected_at: string | null;
            /** Id */
            id: string;
            /** Litres */
            litres: {
                [key: string]: number;
            };
            /** Mission Id */
            mission_id: string | null;
            reason: components["schemas"]["KeyedText"] | null;
            /** Robot Id */
            robot_id: string | null;
            robot_name: components["schemas"]["LocalText"] | null;
            /** Spot Id */
            spot_id: string;
            spot_name: components["schemas"]["LocalText"];
            state: components["schemas"]["StopState"];
            /** X */
            x: number;
            /** Y */
            y: number;
        };
        /**
         * StopState
         * @description Life of one of its stops; the last four are final. ``LEFT_OUT``: its time was over before a robot came.
         * @enum {string}
         */
        StopState: "waiting" | "assigned" | "arrived" | "done" | "canceled" | "failed" | "left_out";
        /**
         * TakeoverEnd
         * @description How a takeover ended; ``superseded``: it had lapsed and somebody took over anew.
         * @enum {string}
         */
        TakeoverEnd: "released" | "forced" | "handed_over" | "superseded";
        /**
         * TakeoverPublic
         * @description One named person in control of a robot; its id is the lease the robot knows.
         */
        TakeoverPublic: {
            /** Holder */
            holder: string;
            /** Id */
            id: string;
            /**
             * Lease Until
             * Format: date-time
             */
            lease_until: string;
            /** Offered To */
            offered_to: string | null;
            /** Reason */
            reason: string;
            /** Robot Id */
            robot_id: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            state: components["schemas"]["TakeoverState"];
        };
        /**
         * TakeoverRecord
         * @description A takeover for the record, with how it ended.
         */
        TakeoverRecord: {
            /** End Reason */
            end_reason: string | null;
            /** Ended At */
            ended_at: string | null;
            /** Ended By */
            ended_by: string | null;
            /** Holder */
            holder: string;
            /** Id */
            id: string;
            /**
             * Lease Until
             * Format: date-time
             */
            lease_until: string;
            /** Offered To */
            offered_to: string | null;
            outcome: components["schemas"]["TakeoverEnd"] | null;
            /** Reason */
            reason: string;
            /** Robot Id */
            robot_id: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            state: components["schemas"]["TakeoverState"];
        };
        /**
         * TakeoverState
         * @description ``requested``: the robot has not confirmed yet; ``lapsed``: nobody renewed it, the robot stands.
         * @enum {string}
         */
        TakeoverState: "requested" | "held" | "lapsed";
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
         * @description First frame the page of a resident, shop or recipient sends.
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
        /**
         * WeatherInput
         * @description Body of the weather: degrees Celsius.
         */
        WeatherInput: {
            /** Temperature C */
            temperature_c: number;
        };
        /**
         * WeatherPublic
         * @description The weather as somebody said it; ``capacity`` is the share of the battery that is there, 0..1.
         */
        WeatherPublic: {
            /** Capacity */
            capacity: number;
            /**
             * Holds Until
             * Format: date-time
             */
            holds_until: string;
            /**
             * Said At
             * Format: date-time
             */
            said_at: string;
            /** Said By */
            said_by: string;
            /** Temperature C */
            temperature_c: number;
        };
        /**
         * WithReason
         * @description Body of what an operator answers for.
         */
        gangseo_backend__delivery__public__WithReason: {
            /**
             * Reason
             * @description Why, for the record
             */
            reason: string;
        };
        /**
         * WithReason
         * @description Body of what is done for a reason.
         */
        gangseo_backend__fleet__public_control__WithReason: {
            /**
             * Reason
             * @description Why, for the record
             */
            reason: string;
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
    deliveries: {
        parameters: {
            query?: {
                state?: components["schemas"]["DeliveryState"] | null;
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
                    "application/json": components["schemas"]["DeliveryPublic"][];
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
    delivery_detail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
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
                    "application/json": components["schemas"]["DeliveryDetail"];
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
    cancel_delivery_by_operator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["gangseo_backend__delivery__public__WithReason"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryPublic"];
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
    delivery_recipient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["gangseo_backend__delivery__public__WithReason"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipientPublic"];
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
    resolve_delivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Resolve"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryPublic"];
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
    unlock_delivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["gangseo_backend__delivery__public__WithReason"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryPublic"];
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
    follow: {
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
                    "application/json": components["schemas"]["Follow"];
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
    look: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FollowLook"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Follow"];
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
    open_compartment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PinTry"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Follow"];
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
    goods_taken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
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
                    "application/json": components["schemas"]["Follow"];
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
    shop_deliveries: {
        parameters: {
            query?: {
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
                    "application/json": components["schemas"]["ShopDelivery"][];
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
    create_delivery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeliveryCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryMade"];
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
    cancel_delivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
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
                    "application/json": components["schemas"]["ShopDelivery"];
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
    goods_in: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
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
                    "application/json": components["schemas"]["ShopDelivery"];
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
    goods_out: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
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
                    "application/json": components["schemas"]["ShopDelivery"];
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
    new_pin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryMade"];
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
    create_shop_ticket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShopTicketCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShopTicket"];
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
    shops: {
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
                    "application/json": components["schemas"]["ShopPublic"][];
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
    shop_qr: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop_id: string;
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
    closures: {
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
                    "application/json": components["schemas"]["ClosurePublic"][];
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
    close_area: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClosureCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClosurePublic"];
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
    open_area: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                closure_id: string;
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
                    "application/json": components["schemas"]["ClosurePublic"];
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
    fleet_stop: {
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
                    "application/json": components["schemas"]["FleetStopPublic"] | null;
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
    stop_fleet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["gangseo_backend__fleet__public_control__WithReason"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FleetStopPublic"];
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
    release_fleet_stop: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["gangseo_backend__fleet__public_control__WithReason"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FleetStopPublic"];
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
    figures: {
        parameters: {
            query?: {
                days?: number;
                kind?: components["schemas"]["MissionKind"];
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
                    "application/json": components["schemas"]["ServiceFigures"];
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
    figures_csv: {
        parameters: {
            query?: {
                days?: number;
                kind?: components["schemas"]["MissionKind"];
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
                    "text/csv": unknown;
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
    recording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                incident_id: string;
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
                    "application/json": components["schemas"]["Recording"];
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
    recording_csv: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                incident_id: string;
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
                    "text/csv": unknown;
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
    operators: {
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
                    "application/json": string[];
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
    papers: {
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
                    "application/json": components["schemas"]["PaperPublic"][];
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
    standing: {
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
                    "application/json": components["schemas"]["RobotStanding"][];
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
    recordings: {
        parameters: {
            query?: {
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
                    "application/json": components["schemas"]["RecordingSummary"][];
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
    put_paper: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                robot_id: string;
                kind: components["schemas"]["PaperKind"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaperInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaperPublic"];
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
    take_over: {
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
                "application/json": components["schemas"]["gangseo_backend__fleet__public_control__WithReason"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TakeoverPublic"];
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
    accept_takeover: {
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
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TakeoverPublic"];
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
    hand_over: {
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
                "application/json": components["schemas"]["HandOver"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TakeoverPublic"];
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
    release_takeover: {
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
                "application/json": components["schemas"]["gangseo_backend__fleet__public_control__WithReason"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TakeoverRecord"];
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
    renew_takeover: {
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
                    "application/json": components["schemas"]["TakeoverPublic"];
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
    takeovers: {
        parameters: {
            query?: {
                robot_id?: string | null;
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
                    "application/json": components["schemas"]["TakeoverRecord"][];
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
    weather: {
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
                    "application/json": components["schemas"]["WeatherPublic"] | null;
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
    say_weather: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WeatherInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WeatherPublic"];
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
    cold: {
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
                    "application/json": components["schemas"]["ColdPublic"];
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
    patrol_picture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                observation_id: string;
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
                    "image/jpeg": unknown;
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
    patrol_rounds: {
        parameters: {
            query?: {
                state?: components["schemas"]["RoundState"] | null;
                route_id?: string | null;
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
                    "application/json": components["schemas"]["RoundPublic"][];
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
    create_patrol_round: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoundCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundPublic"];
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
    patrol_round: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                round_id: string;
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
                    "application/json": components["schemas"]["RoundDetail"];
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
    cancel_patrol_round: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                round_id: string;
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
                    "application/json": components["schemas"]["RoundPublic"];
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
    patrol_routes: {
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
                    "application/json": components["schemas"]["RoutePublic"][];
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
    expected_litres: {
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
                    "application/json": components["schemas"]["SpotLitres"][];
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
    preview_collection_round: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CollectionCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectionForecast"];
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
    collection_rounds: {
        parameters: {
            query?: {
                state?: components["schemas"]["CollectionState"] | null;
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
                    "application/json": components["schemas"]["CollectionPublic"][];
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
    create_collection_round: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CollectionCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectionDetail"];
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
    collection_round: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                round_id: string;
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
                    "application/json": components["schemas"]["CollectionDetail"];
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
    cancel_collection_round: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                round_id: string;
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
                    "application/json": components["schemas"]["CollectionDetail"];
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
    drive_framedrive_frame_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DriveFrame"];
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
    stream_framestream_frame_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SnapshotFrame"] | components["schemas"]["RobotFrame"] | components["schemas"]["MissionFrame"] | components["schemas"]["CallFrame"] | components["schemas"]["DeliveryFrame"] | components["schemas"]["ShopDeliveryFrame"] | components["schemas"]["FollowFrame"] | components["schemas"]["IncidentFrame"] | components["schemas"]["CollectionRoundFrame"] | components["schemas"]["EventFrame"] | components["schemas"]["FleetStopFrame"] | components["schemas"]["RobotPositionFrame"] | components["schemas"]["HeartbeatFrame"];
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
