// Written by `make generated` from what the house says of itself; never by hand.

export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the house open? */
        get: operations["ReadHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sub-accounts */
        get: operations["ListAccounts"];
        put?: never;
        /** Add a sub-account */
        post: operations["AddAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A sub-account */
        get: operations["ReadAccount"];
        /** Change a sub-account */
        put: operations["ChangeAccount"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}/activation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Deactivate a sub-account, or take it back */
        put: operations["ActivateAccount"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}/first-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Give somebody a new first password */
        put: operations["SetFirstPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say whether somebody else is there */
        put: operations["SetPresence"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Drop somebody's second factor */
        delete: operations["DropSecondFactor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where somebody is logged in */
        get: operations["ListSessions"];
        put?: never;
        post?: never;
        /** Log somebody out everywhere */
        delete: operations["EndSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alarms that stand */
        get: operations["ListAlarms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alarms/{alarm_id}/taker": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say that you see to it */
        put: operations["TakeAlarm"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Living API keys */
        get: operations["ListApiKeys"];
        put?: never;
        /** Make an API key */
        post: operations["MakeApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End an API key */
        delete: operations["EndApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what */
        get: operations["ReadAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels/{channel_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand in events */
        post: operations["DeliverEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Chats that you may see */
        get: operations["ListChats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A chat as it is now */
        get: operations["ReadChat"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/assignment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Take a chat, give it to somebody, to a group, or back in line */
        put: operations["HandOnChat"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/buyer-marks/{mark}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mark a buyer as malicious or as one of our own */
        put: operations["MarkBuyer"];
        post?: never;
        /** Take a mark off a buyer */
        delete: operations["UnmarkBuyer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/closure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Close a chat */
        put: operations["CloseChat"];
        post?: never;
        /** Open a closed chat again */
        delete: operations["ReopenChat"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/disclosures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** See a chat with nothing behind asterisks */
        post: operations["DiscloseChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep what you have begun to write in a chat */
        put: operations["KeepDraft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand in a picture for a chat */
        post: operations["KeepPicture"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/media/{media_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A picture of a chat */
        get: operations["ReadPicture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was said and done in a chat */
        get: operations["ReadMessages"];
        put?: never;
        /** Write to the buyer */
        post: operations["WriteMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/messages/{message_seq}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a message back */
        delete: operations["RecallMessage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave a note for colleagues */
        post: operations["WriteNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put a chat aside */
        put: operations["SnoozeChat"];
        post?: never;
        /** Bring a chat back */
        delete: operations["WakeChat"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/spam-report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Report a chat as spam */
        put: operations["ReportSpam"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/spam-verdict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Write down what the platform said of a report */
        put: operations["JudgeSpam"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/tags/{tag}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put a tag on a chat */
        put: operations["TagChat"];
        post?: never;
        /** Take a tag away */
        delete: operations["UntagChat"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Promise something */
        post: operations["OpenTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/tasks/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Hand a task on, put it off, or say more of it */
        patch: operations["ChangeTask"];
        trace?: never;
    };
    "/v1/chats/{chat_id}/tasks/{task_id}/closure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** It is done */
        put: operations["CloseTask"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/chats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The list of chats as CSV */
        get: operations["ExportChats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The groups */
        get: operations["ListGroups"];
        put?: never;
        /** Add a group */
        post: operations["AddGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/groups/{group_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a group */
        put: operations["ChangeGroup"];
        post?: never;
        /** Remove a group */
        delete: operations["RemoveGroup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/house": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the house open, and has it an owner? */
        get: operations["ReadHouse"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/house/owner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the first owner */
        post: operations["MakeOwner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open invitations */
        get: operations["ListInvitations"];
        put?: never;
        /** Invite somebody */
        post: operations["Invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraw an invitation */
        delete: operations["WithdrawInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/acceptance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Join by a link */
        post: operations["AcceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What does a link offer? */
        post: operations["ReadOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where alarms reach you */
        get: operations["ListMyAddresses"];
        put?: never;
        /** Let alarms reach you */
        post: operations["AddMyAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/addresses/{address_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Be reached there no longer */
        delete: operations["RemoveMyAddress"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/addresses/{address_id}/trials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send yourself a test notice */
        post: operations["TryMyAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you have begun to write */
        get: operations["ReadMyDrafts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Choose another password */
        put: operations["ChangeMyPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say whether you are there */
        put: operations["SetMyPresence"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is a second factor in use? */
        get: operations["ReadMySecondFactor"];
        /** Put the offered second factor in use */
        put: operations["ConfirmMySecondFactor"];
        /** Ask for a second factor */
        post: operations["OfferMySecondFactor"];
        /** Give the second factor up */
        delete: operations["GiveUpMySecondFactor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where you are logged in */
        get: operations["ListMySessions"];
        put?: never;
        post?: never;
        /** Log all other devices out */
        delete: operations["EndMyOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Log one device out */
        delete: operations["EndMySession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/packs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules that your shops go by */
        get: operations["ListPacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/packs/known": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules that a shop may go by */
        get: operations["ListKnownPacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quick-replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your own quick replies and those of your shops */
        get: operations["ListQuickReplies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quick-replies/{reply_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Add or change a quick reply */
        put: operations["KeepQuickReply"];
        post?: never;
        /** Remove a quick reply */
        delete: operations["RemoveQuickReply"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The roles */
        get: operations["ListRoles"];
        put?: never;
        /** Add an own role */
        post: operations["AddRole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roles/{role_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change an own role */
        put: operations["ChangeRole"];
        post?: never;
        /** Remove an own role */
        delete: operations["RemoveRole"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find chats by words, buyer, order, writer, day and kind */
        get: operations["SearchChats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who asks, and what they may do */
        get: operations["WhoAmI"];
        put?: never;
        /** Log in */
        post: operations["LogIn"];
        /** Log out */
        delete: operations["LogOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The setting mail */
        get: operations["ReadMail"];
        /** Change the setting mail */
        put: operations["ChangeMail"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings/mail/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed the setting mail */
        get: operations["ReadMailHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings/push": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The setting push */
        get: operations["ReadPush"];
        /** Change the setting push */
        put: operations["ChangePush"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings/push/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed the setting push */
        get: operations["ReadPushHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shops */
        get: operations["ListShops"];
        put?: never;
        /** Add a shop */
        post: operations["AddShop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A shop */
        get: operations["ReadShop"];
        /** Change a shop */
        put: operations["ChangeShop"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The channels of a shop */
        get: operations["ListChannels"];
        put?: never;
        /** Add a channel */
        post: operations["AddChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/channels/{channel}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a channel */
        put: operations["ChangeChannel"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/channels/{channel}/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a channel is */
        get: operations["ReadChannelHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/channels/{channel}/trials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test message */
        post: operations["TryChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/channels/{channel}/webchat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The settings of a chat on the own site */
        get: operations["ReadWebchatSettings"];
        /** Change the settings of a chat on the own site */
        put: operations["ChangeWebchatSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/channels/{channel}/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a channel comes in and goes out */
        get: operations["ReadWebhook"];
        /** Say where messages go out */
        put: operations["ChangeWebhook"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/channels/{channel}/webhook/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a secret */
        post: operations["MakeWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/channels/{channel}/webhook/secrets/{secret_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Drop a secret */
        delete: operations["DropWebhookSecret"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who answers in a shop */
        get: operations["ListColleagues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Erasures of buyers */
        get: operations["ListErasures"];
        put?: never;
        /** Erase a buyer */
        post: operations["EraseBuyer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/erasures/{erasure_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far an erasure has come */
        get: operations["ReadErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A shop's day hour by hour */
        get: operations["ReadShopHours"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/now": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A shop right now */
        get: operations["ReadShopNow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/outgoing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages that were given up */
        get: operations["ListOutgoing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/outgoing/{seq}/resending": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message once more */
        post: operations["ResendOutgoing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/robots/{robot}/trials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a team robot say something */
        post: operations["TryRobot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/settings/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The setting alarms */
        get: operations["ReadAlarms"];
        /** Change the setting alarms */
        put: operations["ChangeAlarms"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/settings/alarms/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed the setting alarms */
        get: operations["ReadAlarmsHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/settings/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The setting hours */
        get: operations["ReadHours"];
        /** Change the setting hours */
        put: operations["ChangeHours"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/settings/hours/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed the setting hours */
        get: operations["ReadHoursHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/settings/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The setting lines */
        get: operations["ReadLines"];
        /** Change the setting lines */
        put: operations["ChangeLines"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/settings/lines/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed the setting lines */
        get: operations["ReadLinesHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/settings/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The setting retention */
        get: operations["ReadRetention"];
        /** Change the setting retention */
        put: operations["ChangeRetention"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/settings/retention/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed the setting retention */
        get: operations["ReadRetentionHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/settings/robots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The setting robots */
        get: operations["ReadRobots"];
        /** Change the setting robots */
        put: operations["ChangeRobots"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/settings/robots/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed the setting robots */
        get: operations["ReadRobotsHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/settings/routing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The setting routing */
        get: operations["ReadRouting"];
        /** Change the setting routing */
        put: operations["ChangeRouting"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shop}/settings/routing/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed the setting routing */
        get: operations["ReadRoutingHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is to be seen to, what is due first in front */
        get: operations["ListTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webchat/{webchat_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a chat looks */
        get: operations["ReadWebchat"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webchat/{webchat_id}/frames": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a buyer's page is told */
        get: operations["PollFrames"];
        put?: never;
        /** What a buyer's page says */
        post: operations["SendFrames"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webchat/{webchat_id}/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand in a picture */
        post: operations["HandInPicture"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webchat/{webchat_id}/media/{media_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetch a picture */
        get: operations["FetchPicture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webchat/{webchat_id}/pairings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let one more device join a visit */
        post: operations["OfferPairing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webchat/{webchat_id}/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a visit */
        post: operations["BeginVisit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Acceptance */
        Acceptance: {
            /** @default  */
            display_name?: string;
            name: string;
            password: string;
            token: string;
        };
        /** AccountAdded */
        AccountAdded: {
            /** @default 8 */
            capacity?: number;
            /** @default {} */
            capacity_by_channel?: {
                [key: string]: number;
            };
            /** @default  */
            display_name?: string;
            first_password: string;
            /** @default [] */
            groups?: string[];
            /**
             * @default [
             *       "zh"
             *     ]
             */
            languages?: string[];
            name: string;
            role: string;
            /**
             * @default {
             *       "every": false,
             *       "only": []
             *     }
             */
            shops?: components["schemas"]["WhichShops"];
            /** @default [] */
            skills?: components["schemas"]["SkillTold"][];
            /** @default own */
            visibility?: components["schemas"]["Visibility"];
        };
        /** AccountTold */
        AccountTold: {
            active: boolean;
            capacity: number;
            capacity_by_channel: {
                [key: string]: number;
            };
            display_name: string;
            groups: string[];
            id: string;
            languages: string[];
            must_change_password: boolean;
            name: string;
            role: components["schemas"]["RoleName"];
            shops: components["schemas"]["WhichShops"];
            skills: components["schemas"]["SkillTold"][];
            visibility: components["schemas"]["Visibility"];
        };
        /** AccountWanted */
        AccountWanted: {
            /** @default 8 */
            capacity?: number;
            /** @default {} */
            capacity_by_channel?: {
                [key: string]: number;
            };
            /** @default  */
            display_name?: string;
            /** @default [] */
            groups?: string[];
            /**
             * @default [
             *       "zh"
             *     ]
             */
            languages?: string[];
            name: string;
            role: string;
            /**
             * @default {
             *       "every": false,
             *       "only": []
             *     }
             */
            shops?: components["schemas"]["WhichShops"];
            /** @default [] */
            skills?: components["schemas"]["SkillTold"][];
            /** @default own */
            visibility?: components["schemas"]["Visibility"];
        };
        /** Activation */
        Activation: {
            active: boolean;
        };
        /**
         * Actor
         * @enum {unknown}
         */
        Actor: "agent" | "bot" | "buyer" | "system";
        /** AddressTold */
        AddressTold: {
            id: string;
            label: string;
            shown: string;
            way: components["schemas"]["Way"];
        };
        /** AddressWanted */
        AddressWanted: {
            /** @default  */
            label?: string;
            /** @default null */
            mailbox?: string | null;
            /** @default null */
            subscription?: components["schemas"]["Subscription"] | null;
        };
        /** AgentLoad */
        AgentLoad: {
            account: string;
            capacity: number;
            chats: number;
            presence: components["schemas"]["Presence"];
            seconds_per_reply: number;
            /** @default null */
            urgent?: components["schemas"]["Waits"] | null;
            waiting: number;
            /** @default null */
            waiting_since?: string | null;
        };
        /** AlarmSettings */
        AlarmSettings: {
            /** @default 5 */
            coalesce_seconds?: number;
            /** @default {} */
            ladders?: {
                [key: string]: components["schemas"]["Step"][];
            };
            /** @default 5 */
            misses_left_below?: number;
            /** @default {} */
            patience?: components["schemas"]["Patience"];
            /** @default {} */
            quiet_hours?: components["schemas"]["QuietHours"] | null;
            /** @default {} */
            repeats?: components["schemas"]["Repeats"];
        };
        /** AlarmTold */
        AlarmTold: {
            /** Format: date-time */
            at: string;
            /** @default [] */
            chats?: string[];
            id: string;
            key: string;
            kind: components["schemas"]["Kind"] | null;
            level: components["schemas"]["Level"];
            /** @default null */
            line?: string | null;
            said: {
                [key: string]: string;
            };
            shop: string;
            /** @default null */
            taken_by?: string | null;
            urgency: components["schemas"]["Urgency"];
        };
        /** Answer */
        Answer: {
            rejected: components["schemas"]["Rejected"][];
            taken: components["schemas"]["Taken"][];
        };
        /** Answered */
        Answered: {
            id: string;
            /** @default null */
            problem?: components["schemas"]["Problematic"] | null;
            /** @default 0 */
            seq?: number;
        };
        /** ApiKeyMade */
        ApiKeyMade: {
            key: components["schemas"]["ApiKeyTold"];
            whole: string;
        };
        /** ApiKeyTold */
        ApiKeyTold: {
            account: string;
            /** Format: date-time */
            created_at: string;
            expires_at: string | null;
            id: string;
            label: string;
            last_used_at: string | null;
            prefix: string;
            rights: components["schemas"]["Right"][];
            shops: components["schemas"]["WhichShops"];
        };
        /** ApiKeyWanted */
        ApiKeyWanted: {
            /** @default null */
            expires_at?: string | null;
            label: string;
            rights: components["schemas"]["Right"][];
            /**
             * @default {
             *       "every": false,
             *       "only": []
             *     }
             */
            shops?: components["schemas"]["WhichShops"];
        };
        /** Assessed */
        Assessed: {
            end: string;
            start: string;
        };
        /** AssessedSpan */
        AssessedSpan: {
            closes: number;
            opens: number;
        };
        /** AuditDeed */
        AuditDeed: {
            account: string | null;
            address: string | null;
            /** @default null */
            after?: Record<string, never> | null;
            /** Format: date-time */
            at: string;
            /** @default null */
            before?: Record<string, never> | null;
            number: number;
            subject: string;
            what: string;
        };
        /** Balance */
        Balance: {
            chats: {
                [key: string]: number;
            };
            gini: number;
            max_over_min: number | null;
            start: string;
        };
        /** Beginning */
        Beginning: {
            /** @default null */
            pairing?: string | null;
        };
        /** Begun */
        Begun: {
            token: string;
        };
        /** Card */
        Card: {
            /** @default null */
            at?: string | null;
            /** @default false */
            human_wanted?: boolean;
            /**
             * @default {
             *       "account": null,
             *       "closed": false,
             *       "given_at": null,
             *       "group": null,
             *       "handed_on_at": null,
             *       "snoozed_until": null,
             *       "tags": [],
             *       "tasks": []
             *     }
             */
            life?: components["schemas"]["Life"];
            /** @default [] */
            marks?: string[];
            /** @default null */
            opened_at?: string | null;
            /** @default null */
            rating?: string | null;
            /** @default null */
            said?: components["schemas"]["Said"] | null;
            /** @default 0 */
            seq?: number;
            /** @default null */
            spam?: string | null;
            /** @default 0 */
            waiting?: number;
            /** @default null */
            waiting_since?: string | null;
        };
        /** Caught */
        Caught: {
            /** @default false */
            more?: boolean;
            now: string;
            /** @default null */
            token?: string | null;
        };
        /** ChannelAdded */
        ChannelAdded: {
            id: string;
            kind: string;
            /** @default false */
            left_alone?: boolean;
            name: string;
        };
        /** ChannelTold */
        ChannelTold: {
            active: boolean;
            id: string;
            in_settings_file: boolean;
            kind: string;
            left_alone: boolean;
            name: string;
        };
        /** ChannelWanted */
        ChannelWanted: {
            /** @default true */
            active?: boolean;
            /** @default false */
            left_alone?: boolean;
            name: string;
        };
        /** ChatRow */
        ChatRow: {
            /** @default null */
            account?: string | null;
            channel: string;
            chat_id: string;
            /** @default null */
            group?: string | null;
            last_at: string;
            last_seq: number;
            /** @default 0 */
            open_tasks?: number;
            opened_at: string;
            /** @default null */
            rating?: string | null;
            /** @default false */
            restless?: boolean;
            shop: string;
            /** @default null */
            spam?: string | null;
            /** @enum {unknown} */
            state: "answered" | "closed" | "snoozed" | "waiting";
            /** @default [] */
            tags?: string[];
        };
        /** Clock */
        Clock: {
            deadline: string;
            metric: string;
            start: string;
        };
        /** DayHours */
        DayHours: {
            /** Format: date */
            day: string;
            rates: {
                [key: string]: components["schemas"]["RateHours"];
            };
            zone: string;
        };
        /** Done */
        Done: {
            seq: number;
        };
        /** Draft */
        Draft: {
            changed_at: string;
            chat: string;
            text: string;
        };
        /** DraftText */
        DraftText: {
            text: string;
        };
        /** ErasureTold */
        ErasureTold: {
            /** Format: date-time */
            asked_at: string;
            asked_by: string | null;
            changed_at: string | null;
            chats: number;
            id: string;
            state: components["schemas"]["Stage"];
        };
        /** ErasureWanted */
        ErasureWanted: {
            /** @default null */
            buyer?: string | null;
            /** @default null */
            channel?: string | null;
            /** @default null */
            chat?: string | null;
        };
        /** Face */
        Face: {
            colour: string;
            greeting: {
                [key: string]: string;
            };
            hours: {
                [key: string]: string;
            };
            name: string;
            offline_form: boolean;
            position: string;
            questions: {
                [key: string]: string[];
            };
            required: ("email" | "name" | "order" | "phone")[];
        };
        /** Figure */
        Figure: {
            best: number | null;
            denominator: number;
            excluded: {
                [key: string]: number;
            };
            numerator: number;
            pending: number;
            unanswered?: number;
            value: number | null;
            value_bot_only_as_misses?: number | null;
            worst: number | null;
        };
        /** FirstCode */
        FirstCode: {
            code: string;
        };
        /** FirstOwner */
        FirstOwner: {
            name: string;
            password: string;
            token: string;
        };
        /** FirstPassword */
        FirstPassword: {
            first_password: string;
        };
        /** Frames */
        Frames: {
            frames: unknown;
            mark: string;
        };
        /** FromBuyer */
        FromBuyer: {
            /** @default 0 */
            delivered?: number;
            /** @default null */
            left?: components["schemas"]["LeftWord"] | null;
            /** @default 0 */
            older?: number;
            /** @default null */
            person?: components["schemas"]["PersonWanted"] | null;
            /** @default 0 */
            read?: number;
            /** @default null */
            sight?: components["schemas"]["Sight"] | null;
            /** @default null */
            start?: components["schemas"]["Start"] | null;
            /** @default false */
            typing?: boolean;
            /** @default null */
            verdict?: components["schemas"]["miaohui.adapters.channels.visit_port.Verdict"] | null;
            /** @default null */
            words?: components["schemas"]["Words"] | null;
        };
        /** Goods */
        Goods: {
            /** @default null */
            address?: string | null;
            /** @default null */
            price_fen?: number | null;
            title: string;
        };
        /** GroupTold */
        GroupTold: {
            id: string;
            name: string;
            shops: components["schemas"]["WhichShops"];
        };
        /** GroupWanted */
        GroupWanted: {
            name: string;
            /**
             * @default {
             *       "every": false,
             *       "only": []
             *     }
             */
            shops?: components["schemas"]["WhichShops"];
        };
        /** HandingOn */
        HandingOn: {
            /** @default null */
            account?: string | null;
            /** @default null */
            group?: string | null;
            /** @default null */
            note?: string | null;
            /** @default null */
            reason?: string | null;
        };
        /** HealthTold */
        HealthTold: {
            clock_ahead_seconds: number;
            failing_reason: string | null;
            failing_since: string | null;
            heard_at: string | null;
            messages_failed: number;
            messages_waiting: number;
        };
        /** Hit */
        Hit: {
            /** @default null */
            account?: string | null;
            actor: string;
            at: string;
            buyer: string;
            channel: string;
            chat: string;
            count: number;
            kind: string;
            seq: number;
            shop: string;
            text: string | null;
        };
        /** Holiday */
        Holiday: {
            /** @default [] */
            closed?: components["schemas"]["Period"][];
            /** Format: date */
            day: string;
            /** @default null */
            until?: string | null;
        };
        /** HourFigure */
        HourFigure: {
            figure: components["schemas"]["Figure"];
            hour: number;
        };
        /** HouseTold */
        HouseTold: {
            has_owner: boolean;
            state: string;
            version: string;
        };
        /** InvitationMade */
        InvitationMade: {
            invitation: components["schemas"]["InvitationTold"];
            token: string;
        };
        /** InvitationTold */
        InvitationTold: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            groups: string[];
            id: string;
            invited_by: string;
            role: components["schemas"]["RoleName"];
            shops: components["schemas"]["WhichShops"];
        };
        /** InvitationWanted */
        InvitationWanted: {
            /** @default [] */
            groups?: string[];
            role: string;
            /**
             * @default {
             *       "every": false,
             *       "only": []
             *     }
             */
            shops?: components["schemas"]["WhichShops"];
        };
        /** Kept */
        Kept: {
            height: number;
            id: string;
            type: string;
            width: number;
        };
        /** KeyTold */
        KeyTold: {
            expires_at: string | null;
            id: string;
            label: string;
        };
        /**
         * Kind
         * @enum {unknown}
         */
        Kind: "all_offline" | "channel_failing" | "channel_silent" | "misses_left" | "muted" | "nobody_on_duty" | "waiting";
        /** KnownPackTold */
        KnownPackTold: {
            /** @default [] */
            assessed?: components["schemas"]["Assessed"][];
            id: string;
            platform: string;
            /** @default null */
            seconds?: number | null;
            timezone: string;
            title: {
                [key: string]: string;
            };
            version: string;
        };
        /** LeftWord */
        LeftWord: {
            contact: string;
            id: string;
            /** @default  */
            name?: string;
            question: string;
        };
        /**
         * Level
         * @enum {unknown}
         */
        Level: "agent" | "lead" | "owner";
        /** Life */
        Life: {
            /** @default null */
            account?: string | null;
            /** @default false */
            closed?: boolean;
            /** @default null */
            given_at?: string | null;
            /** @default null */
            group?: string | null;
            /** @default null */
            handed_on_at?: string | null;
            /** @default null */
            snoozed_until?: string | null;
            /** @default [] */
            tags?: string[];
            /** @default [] */
            tasks?: components["schemas"]["Task"][];
        };
        /** Line */
        Line: {
            at: string;
            /** @enum {unknown} */
            by: "buyer" | "person" | "robot";
            /** @default null */
            goods?: components["schemas"]["Goods"] | null;
            /** @default null */
            id?: string | null;
            /** @default null */
            name?: string | null;
            /** @default null */
            picture?: components["schemas"]["miaohui.pipelines.buyer_frames.Shown"] | null;
            seq: number;
            /** @default null */
            text?: string | null;
        };
        /** Lines */
        Lines: {
            /** @default {} */
            values?: {
                [key: string]: number;
            };
        };
        /** LineTold */
        LineTold: {
            basis: string;
            confidence: string;
            id: string;
            metric: string;
            name: {
                [key: string]: string;
            };
            op: string;
            /** @default null */
            since?: string | null;
            /** @default null */
            until?: string | null;
            /** @default null */
            value?: number | null;
        };
        /** Link */
        Link: {
            token: string;
        };
        /** Listed */
        Listed: {
            buyer: string;
            chat: components["schemas"]["ChatRow"];
            /** @default null */
            preview?: string | null;
        };
        /** LogIn */
        LogIn: {
            /** @default null */
            code?: string | null;
            name: string;
            password: string;
        };
        /** Mail */
        Mail: {
            host: string;
            /** @default null */
            name?: string | null;
            /** @default null */
            password?: string | null;
            port: number;
            /** @default tls */
            privacy?: components["schemas"]["Privacy"];
            sender: string;
        };
        /** MailShown */
        MailShown: {
            has_password: boolean;
            host: string;
            name: string | null;
            port: number;
            privacy: components["schemas"]["Privacy"];
            sender: string;
        };
        /** Margin */
        Margin: {
            /** @default null */
            answers_wanted?: number | null;
            /** @default null */
            holds?: boolean | null;
            line: string;
            metric: string;
            /** @default null */
            misses_left?: number | null;
            /** @enum {unknown} */
            op: "<" | "<=" | ">" | ">=";
            value: number;
        };
        /**
         * Mark
         * @enum {string}
         */
        Mark: "malicious_user" | "staff_or_test_account";
        /** MetricTold */
        MetricTold: {
            better: string;
            decimals: number;
            id: string;
            measure: string;
            name: {
                [key: string]: string;
            };
            /** @default false */
            needs_human?: boolean;
            /** @default null */
            note?: {
                [key: string]: string;
            } | null;
            /** @default null */
            seconds?: number | null;
            shown_in: string;
            status: string;
            unit: string;
        };
        /** Verdict */
        "miaohui.adapters.channels.visit_port.Verdict": {
            /** @default  */
            comment?: string;
            id: string;
            /** @enum {unknown} */
            rating: "1" | "2" | "3";
        };
        /** Verdict */
        "miaohui.api.chat_marks.Verdict": {
            confirmed: boolean;
        };
        /** TrialTold */
        "miaohui.api.reachable.TrialTold": {
            outcome: components["schemas"]["Outcome"];
            /** @default null */
            reason?: string | null;
        };
        /** Offer */
        "miaohui.api.second_factor.Offer": {
            address: string;
            secret: string;
        };
        /** TrialTold */
        "miaohui.api.shop_channels.TrialTold": {
            outcome: string;
            reason: string | null;
        };
        /** Offer */
        "miaohui.api.webchat.Offer": {
            code: string;
            path: string;
            until: string;
        };
        /** Shown */
        "miaohui.pipelines.buyer_frames.Shown": {
            height: number;
            id: string;
            width: number;
        };
        /** Shown */
        "miaohui.pipelines.frames.Shown": {
            buyer: string;
            card: components["schemas"]["Card"];
            channel: string;
            /** @default [] */
            clocks?: components["schemas"]["Clock"][];
            /** @default null */
            deadline?: string | null;
            id: string;
            /** @default null */
            preview?: string | null;
            shop: string;
        };
        /** Note */
        Note: {
            /** @default [] */
            mentions?: string[];
            text: string;
        };
        /** OfferTold */
        OfferTold: {
            /** Format: date-time */
            expires_at: string;
            role: components["schemas"]["RoleName"];
            shops: components["schemas"]["WhichShops"];
        };
        /** Older */
        Older: {
            lines: components["schemas"]["Line"][];
            /** @default false */
            more?: boolean;
        };
        /** OpeningHours */
        OpeningHours: {
            /** @default [] */
            breaks?: components["schemas"]["Period"][];
            /** @default [] */
            holidays?: components["schemas"]["Holiday"][];
            /** @default [] */
            overrides?: components["schemas"]["Override"][];
            timezone: string;
            /** @default [] */
            weekly?: components["schemas"]["Period"][];
        };
        /** OpenTask */
        OpenTask: {
            /** @default  */
            buyer?: string;
            channel: string;
            chat: string;
            /** @default null */
            clock?: components["schemas"]["Clock"] | null;
            shop: string;
            task: components["schemas"]["Task"];
        };
        /**
         * Ordering
         * @enum {unknown}
         */
        Ordering: "deadline_aware" | "longest_waiting";
        /**
         * Origin
         * @enum {unknown}
         */
        Origin: "assisted" | "auto" | "batch" | "bot" | "human" | "system";
        /**
         * Outcome
         * @enum {unknown}
         */
        Outcome: "gone" | "later" | "refused" | "taken";
        /** OutgoingTold */
        OutgoingTold: {
            account: string | null;
            /** Format: date-time */
            at: string;
            attempts: number;
            channel: string;
            chat: string;
            kind: string;
            reason: string | null;
            seq: number;
            state: string;
        };
        /** Outlook */
        Outlook: {
            /** @default null */
            ahead?: number | null;
            /** @default false */
            asked?: boolean;
            /** @default null */
            minutes?: number | null;
            /** @default null */
            name?: string | null;
            /** @default null */
            opens_at?: string | null;
            /** @default 0 */
            people?: number;
            /** @default null */
            rated?: string | null;
            /** @default false */
            served?: boolean;
            /** @default false */
            to_rate?: boolean;
            /** @default false */
            waiting?: boolean;
        };
        /** Overflow */
        Overflow: {
            /** @default PT60S */
            after?: string | null;
            /** @default null */
            to?: string[] | null;
            /** @default true */
            when_full?: boolean;
        };
        /** Override */
        Override: {
            /** Format: date */
            day: string;
            /** @default [] */
            hours?: components["schemas"]["Period"][];
        };
        /** PackTold */
        PackTold: {
            id: string;
            lines: components["schemas"]["LineTold"][];
            metrics: components["schemas"]["MetricTold"][];
            title: {
                [key: string]: string;
            };
            version: string;
            zone: string;
        };
        /** Page[AccountTold] */
        Page_AccountTold_: {
            items: components["schemas"]["AccountTold"][];
            /** @default null */
            next?: string | null;
        };
        /** Page[AuditDeed] */
        Page_AuditDeed_: {
            items: components["schemas"]["AuditDeed"][];
            /** @default null */
            next?: string | null;
        };
        /** Page[ErasureTold] */
        Page_ErasureTold_: {
            items: components["schemas"]["ErasureTold"][];
            /** @default null */
            next?: string | null;
        };
        /** Page[Hit] */
        Page_Hit_: {
            items: components["schemas"]["Hit"][];
            /** @default null */
            next?: string | null;
        };
        /** Page[Listed] */
        Page_Listed_: {
            items: components["schemas"]["Listed"][];
            /** @default null */
            next?: string | null;
        };
        /** Page[OutgoingTold] */
        Page_OutgoingTold_: {
            items: components["schemas"]["OutgoingTold"][];
            /** @default null */
            next?: string | null;
        };
        /** PasswordChange */
        PasswordChange: {
            /** @default null */
            code?: string | null;
            name: string;
            new_password: string;
            old_password: string;
        };
        /** Patience */
        Patience: {
            /** @default 10 */
            all_offline?: number;
            /** @default 60 */
            channel_failing?: number;
            /** @default 1800 */
            channel_silent?: number;
            /** @default 30 */
            muted?: number;
            /** @default 60 */
            nobody_on_duty?: number;
        };
        /** Payload */
        Payload: {
            /** @default null */
            about?: string | null;
            /** @default null */
            brief?: string | null;
            /** @default null */
            by?: string | null;
            /** @default {} */
            extra?: {
                [key: string]: string;
            };
            /** @default null */
            group?: string | null;
            /** @default null */
            mark?: string | null;
            /** @default null */
            media?: string | null;
            /** @default null */
            order?: string | null;
            /** @default null */
            purpose?: string | null;
            /** @default null */
            rating?: string | null;
            /** @default null */
            tag?: string | null;
            /** @default null */
            text?: string | null;
            /** @default null */
            until?: string | null;
        };
        /** Period */
        Period: {
            /**
             * @default [
             *       1,
             *       2,
             *       3,
             *       4,
             *       5,
             *       6,
             *       7
             *     ]
             */
            days?: number[];
            from: string;
            until: string;
        };
        /** PersonWanted */
        PersonWanted: {
            id: string;
            text: string;
        };
        /** Policy */
        Policy: {
            /**
             * @default {
             *       "at_most": 3,
             *       "per": "PT300S"
             *     }
             */
            backlog?: components["schemas"]["Window"];
            /**
             * Format: duration
             * @default P0D
             */
            cool_down?: string;
            /** @default PT300S */
            idle_after?: string | null;
            /**
             * @default preferred
             * @enum {unknown}
             */
            language?: "ignored" | "preferred" | "required";
            /**
             * Format: duration
             * @default PT300S
             */
            leaving_before?: string;
            /**
             * Format: duration
             * @default PT900S
             */
            lost_bound?: string;
            /**
             * Format: duration
             * @default PT300S
             */
            lost_margin?: string;
            /** @default deadline_aware */
            order?: components["schemas"]["Ordering"];
            /**
             * @default {
             *       "after": "PT60S",
             *       "to": null,
             *       "when_full": true
             *     }
             */
            overflow?: components["schemas"]["Overflow"] | null;
            /**
             * @default [
             *       "group",
             *       "skills",
             *       "language",
             *       "in_time",
             *       "spare"
             *     ]
             */
            prefer?: components["schemas"]["Preference"][];
            /** @default null */
            reserve?: components["schemas"]["Reserve"] | null;
            /**
             * Format: duration
             * @default PT900S
             */
            share_over?: string;
            /**
             * @default required
             * @enum {unknown}
             */
            skills?: "ignored" | "preferred" | "required";
            /**
             * @default {
             *       "wait_at_most": "P0D",
             *       "within": "P3D"
             *     }
             */
            sticky?: components["schemas"]["Sticky"] | null;
            /** @default PT600S */
            unanswered_after?: string | null;
            /** @default 0 */
            waiting_at_most?: number | null;
            /** @default [] */
            windows?: components["schemas"]["Window"][];
        };
        /**
         * Preference
         * @enum {unknown}
         */
        Preference: "group" | "in_time" | "language" | "share" | "skills" | "spare" | "turn";
        /**
         * Presence
         * @enum {unknown}
         */
        Presence: "away" | "busy" | "off_shift" | "online";
        /** PresenceWanted */
        PresenceWanted: {
            presence: components["schemas"]["Presence"];
        };
        /**
         * Privacy
         * @enum {unknown}
         */
        Privacy: "plain" | "starttls" | "tls";
        /** Problematic */
        Problematic: {
            key: string;
            sentence: string;
        };
        /**
         * Product
         * @enum {unknown}
         */
        Product: "dingtalk" | "feishu" | "wecom";
        /** Promise */
        Promise: {
            /** @default null */
            account?: string | null;
            due: string;
            /** @default  */
            note?: string;
            /** @default null */
            order?: string | null;
            /** @default follow_up */
            what?: string;
        };
        /** Proof */
        Proof: {
            code: string;
            password: string;
        };
        /** Push */
        Push: {
            contact: string;
            /** @default false */
            new_key?: boolean;
        };
        /** PushKeys */
        PushKeys: {
            auth: string;
            p256dh: string;
        };
        /** PushShown */
        PushShown: {
            contact: string;
            public_key: string;
        };
        /** QuickReply */
        QuickReply: {
            /** @default null */
            account?: string | null;
            /** @default  */
            folder?: string;
            id: string;
            /** @default null */
            media?: string | null;
            /** @default 0 */
            place?: number;
            /** @default null */
            shop?: string | null;
            text: string;
            title: string;
        };
        /** QuietHours */
        QuietHours: {
            /** @default 23:00 */
            from?: string;
            /**
             * @default [
             *       "waiting",
             *       "nobody_on_duty",
             *       "all_offline"
             *     ]
             */
            kinds?: components["schemas"]["Kind"][];
            /** @default 08:00 */
            until?: string;
            /**
             * @default [
             *       "screen"
             *     ]
             */
            ways?: components["schemas"]["Way"][];
        };
        /** RateHours */
        RateHours: {
            assessed: components["schemas"]["AssessedSpan"][];
            /** @default false */
            exempt?: boolean;
            hours: components["schemas"]["HourFigure"][];
        };
        /** RecoveryCodes */
        RecoveryCodes: {
            recovery_codes: string[];
        };
        /** Rejected */
        Rejected: {
            place: number;
            problem: components["schemas"]["Told"];
        };
        /** Repeats */
        Repeats: {
            /** @default null */
            agent?: number | null;
            /** @default 60 */
            lead?: number | null;
            /** @default 600 */
            owner?: number | null;
        };
        /** ReplyShown */
        ReplyShown: {
            initials: string;
            reply: components["schemas"]["QuickReply"];
        };
        /** ReplyWanted */
        ReplyWanted: {
            /** @default  */
            folder?: string;
            /** @default true */
            mine?: boolean;
            /** @default 0 */
            place?: number;
            /** @default null */
            shop?: string | null;
            text: string;
            title: string;
        };
        /** ResendingTold */
        ResendingTold: {
            seq: number;
        };
        /** Reserve */
        Reserve: {
            /** @default 1 */
            from_band?: number;
            places: number;
        };
        /** Retention */
        Retention: {
            /** @default 0 */
            media_days?: number;
            /** @default 0 */
            text_days?: number;
        };
        /**
         * Right
         * @enum {unknown}
         */
        Right: "accounts.manage" | "alarms.manage" | "api_keys.manage" | "audit.read" | "buyers.erase" | "buyers.unmask" | "chats.answer" | "chats.assign" | "chats.read" | "chats.transfer" | "exports.make" | "house.manage" | "packs.manage" | "presence.manage" | "replies.manage" | "reports.read" | "roles.manage" | "routing.manage" | "shops.manage" | "tasks.manage" | "webhooks.manage";
        /** Robot */
        Robot: {
            name: string;
            /** @default null */
            product?: components["schemas"]["Product"] | null;
            /** @default null */
            secret?: string | null;
            /** @default null */
            webhook?: string | null;
        };
        /** Robots */
        Robots: {
            /** @default [] */
            robots?: components["schemas"]["Robot"][];
        };
        /** RobotShown */
        RobotShown: {
            has_secret: boolean;
            host: string;
            name: string;
            product: string;
        };
        /** RobotsShown */
        RobotsShown: {
            /** @default [] */
            robots?: components["schemas"]["RobotShown"][];
        };
        /** RoleName */
        RoleName: {
            id: string;
            name: string;
        };
        /** RoleTold */
        RoleTold: {
            /** @default false */
            built_in?: boolean;
            id: string;
            name: string;
            rights: components["schemas"]["Right"][];
        };
        /** RoleWanted */
        RoleWanted: {
            name: string;
            rights: components["schemas"]["Right"][];
        };
        /** RoutingSettings */
        RoutingSettings: {
            /** @default {} */
            group_policies?: {
                [key: string]: components["schemas"]["Policy"];
            };
            /**
             * @default {
             *       "backlog": {
             *         "at_most": 3,
             *         "per": "PT300S"
             *       },
             *       "cool_down": "P0D",
             *       "idle_after": "PT300S",
             *       "language": "preferred",
             *       "leaving_before": "PT300S",
             *       "lost_bound": "PT900S",
             *       "lost_margin": "PT300S",
             *       "order": "deadline_aware",
             *       "overflow": {
             *         "after": "PT60S",
             *         "to": null,
             *         "when_full": true
             *       },
             *       "prefer": [
             *         "group",
             *         "skills",
             *         "language",
             *         "in_time",
             *         "spare"
             *       ],
             *       "reserve": null,
             *       "share_over": "PT900S",
             *       "skills": "required",
             *       "sticky": {
             *         "wait_at_most": "P0D",
             *         "within": "P3D"
             *       },
             *       "unanswered_after": "PT600S",
             *       "waiting_at_most": 0,
             *       "windows": []
             *     }
             */
            policy?: components["schemas"]["Policy"];
            /** @default [] */
            rules?: components["schemas"]["Rule"][];
            /** @default {} */
            weights?: {
                [key: string]: number;
            };
        };
        /** Rule */
        Rule: {
            /** @default 0 */
            band?: number;
            /** @default null */
            channel?: string | null;
            /** @default null */
            group?: string | null;
            /** @default null */
            language?: string | null;
            /** @default {} */
            skills?: {
                [key: string]: number;
            };
            /** @default null */
            stage?: ("after_sale" | "pre_sale") | null;
            /** @default null */
            tag?: string | null;
        };
        /** Said */
        Said: {
            /** @default null */
            account?: string | null;
            actor: components["schemas"]["Actor"];
            at: string;
            kind: string;
            origin: components["schemas"]["Origin"];
            seq: number;
        };
        /** Saying */
        Saying: {
            /** @default false */
            assisted?: boolean;
            /** @default {} */
            extra?: {
                [key: string]: string;
            };
            /** @default text */
            kind?: string;
            /** @default null */
            media?: string | null;
            /** @default null */
            order?: string | null;
            /** @default null */
            text?: string | null;
        };
        /** SecondFactor */
        SecondFactor: {
            in_use: boolean;
            recovery_codes_left: number;
        };
        /** SecretMade */
        SecretMade: {
            id: string;
            /** Format: date-time */
            made_at: string;
            secret: string;
        };
        /** SecretTold */
        SecretTold: {
            id: string;
            /** Format: date-time */
            made_at: string;
        };
        /** SessionTold */
        SessionTold: {
            address: string;
            /** Format: date-time */
            created_at: string;
            /** @default false */
            current?: boolean;
            device: string;
            /** Format: date-time */
            expires_at: string;
            id: string;
            /** Format: date-time */
            last_seen_at: string;
        };
        /** Setting[AlarmSettings] */
        Setting_AlarmSettings_: {
            /** @default null */
            changed_at?: string | null;
            /** @default null */
            changed_by?: string | null;
            value: components["schemas"]["AlarmSettings"] | null;
            /** @default null */
            version?: number | null;
        };
        /** Setting[Lines] */
        Setting_Lines_: {
            /** @default null */
            changed_at?: string | null;
            /** @default null */
            changed_by?: string | null;
            value: components["schemas"]["Lines"] | null;
            /** @default null */
            version?: number | null;
        };
        /** Setting[MailShown] */
        Setting_MailShown_: {
            /** @default null */
            changed_at?: string | null;
            /** @default null */
            changed_by?: string | null;
            value: components["schemas"]["MailShown"] | null;
            /** @default null */
            version?: number | null;
        };
        /** Setting[OpeningHours] */
        Setting_OpeningHours_: {
            /** @default null */
            changed_at?: string | null;
            /** @default null */
            changed_by?: string | null;
            value: components["schemas"]["OpeningHours"] | null;
            /** @default null */
            version?: number | null;
        };
        /** Setting[PushShown] */
        Setting_PushShown_: {
            /** @default null */
            changed_at?: string | null;
            /** @default null */
            changed_by?: string | null;
            value: components["schemas"]["PushShown"] | null;
            /** @default null */
            version?: number | null;
        };
        /** Setting[Retention] */
        Setting_Retention_: {
            /** @default null */
            changed_at?: string | null;
            /** @default null */
            changed_by?: string | null;
            value: components["schemas"]["Retention"] | null;
            /** @default null */
            version?: number | null;
        };
        /** Setting[RobotsShown] */
        Setting_RobotsShown_: {
            /** @default null */
            changed_at?: string | null;
            /** @default null */
            changed_by?: string | null;
            value: components["schemas"]["RobotsShown"] | null;
            /** @default null */
            version?: number | null;
        };
        /** Setting[RoutingSettings] */
        Setting_RoutingSettings_: {
            /** @default null */
            changed_at?: string | null;
            /** @default null */
            changed_by?: string | null;
            value: components["schemas"]["RoutingSettings"] | null;
            /** @default null */
            version?: number | null;
        };
        /** SettingWanted[AlarmSettings] */
        SettingWanted_AlarmSettings_: {
            /** @default null */
            expected_version?: number | null;
            value: components["schemas"]["AlarmSettings"];
        };
        /** SettingWanted[Lines] */
        SettingWanted_Lines_: {
            /** @default null */
            expected_version?: number | null;
            value: components["schemas"]["Lines"];
        };
        /** SettingWanted[Mail] */
        SettingWanted_Mail_: {
            /** @default null */
            expected_version?: number | null;
            value: components["schemas"]["Mail"];
        };
        /** SettingWanted[OpeningHours] */
        SettingWanted_OpeningHours_: {
            /** @default null */
            expected_version?: number | null;
            value: components["schemas"]["OpeningHours"];
        };
        /** SettingWanted[Push] */
        SettingWanted_Push_: {
            /** @default null */
            expected_version?: number | null;
            value: components["schemas"]["Push"];
        };
        /** SettingWanted[Retention] */
        SettingWanted_Retention_: {
            /** @default null */
            expected_version?: number | null;
            value: components["schemas"]["Retention"];
        };
        /** SettingWanted[Robots] */
        SettingWanted_Robots_: {
            /** @default null */
            expected_version?: number | null;
            value: components["schemas"]["Robots"];
        };
        /** SettingWanted[RoutingSettings] */
        SettingWanted_RoutingSettings_: {
            /** @default null */
            expected_version?: number | null;
            value: components["schemas"]["RoutingSettings"];
        };
        /** ShopAdded */
        ShopAdded: {
            id: string;
            name: string;
            /** @default null */
            pack?: string | null;
            /** @default Asia/Shanghai */
            timezone?: string;
        };
        /** ShopHours */
        ShopHours: {
            at: string;
            days: {
                [key: string]: components["schemas"]["DayHours"];
            };
            shop: string;
        };
        /** ShopNow */
        ShopNow: {
            agents: components["schemas"]["AgentLoad"][];
            at: string;
            /** @default [] */
            balance?: components["schemas"]["Balance"][];
            figures: {
                [key: string]: {
                    [key: string]: components["schemas"]["Figure"];
                };
            };
            /** @default 0 */
            in_line?: number;
            /** @default null */
            longest?: components["schemas"]["Waits"] | null;
            /** @default 0 */
            lost?: number;
            margins: {
                [key: string]: components["schemas"]["Margin"][];
            };
            shop: string;
            /** @default null */
            urgent?: components["schemas"]["Waits"] | null;
            /** @default 0 */
            waiting?: number;
            /** @default null */
            waiting_since?: string | null;
        };
        /** ShopTold */
        ShopTold: {
            active: boolean;
            /** @default false */
            demo?: boolean;
            id: string;
            name: string;
            pack: string | null;
            timezone: string;
        };
        /** ShopWanted */
        ShopWanted: {
            /** @default true */
            active?: boolean;
            name: string;
            /** @default null */
            pack?: string | null;
            /** @default Asia/Shanghai */
            timezone?: string;
        };
        /** Sight */
        Sight: {
            id: string;
            media: string;
        };
        /** SkillTold */
        SkillTold: {
            /** @default 3 */
            level?: number;
            name: string;
        };
        /** Snooze */
        Snooze: {
            /** Format: date-time */
            until: string;
        };
        /** Spoken */
        Spoken: {
            /** @default null */
            account?: string | null;
            actor: string;
            /** @default false */
            answers?: boolean;
            at: string;
            chat: string;
            /** @default null */
            deadline?: string | null;
            kind: string;
            origin: string;
            payload: components["schemas"]["Payload"];
            /** @default false */
            replayed?: boolean;
            seq: number;
            source_id: string;
        };
        /**
         * Stage
         * @enum {unknown}
         */
        Stage: "asked" | "begun" | "done" | "waiting";
        /** Start */
        Start: {
            /** @default  */
            language?: string;
            /** @default null */
            since?: number | null;
            token: string;
        };
        /** Step */
        Step: {
            level: components["schemas"]["Level"];
            seconds: number;
            ways: components["schemas"]["Way"][];
        };
        /** Sticky */
        Sticky: {
            /**
             * Format: duration
             * @default P0D
             */
            wait_at_most?: string;
            /**
             * Format: duration
             * @default P3D
             */
            within?: string;
        };
        /** Subscription */
        Subscription: {
            endpoint: string;
            keys: components["schemas"]["PushKeys"];
        };
        /** Taken */
        Taken: {
            new: boolean;
            seq: number;
            source_id: string;
        };
        /** Taking */
        Taking: {
            /** @default null */
            until?: string | null;
        };
        /** Task */
        Task: {
            /** @default null */
            account?: string | null;
            /** @default null */
            closed_at?: string | null;
            /** @default null */
            due?: string | null;
            id: string;
            opened_at: string;
            /** @default null */
            order?: string | null;
            /** @default false */
            risk?: boolean;
            what: string;
        };
        /** TaskChange */
        TaskChange: {
            /** @default null */
            account?: string | null;
            /** @default null */
            due?: string | null;
            /** @default null */
            note?: string | null;
        };
        /** ToBuyer */
        ToBuyer: {
            /** @default null */
            answered?: components["schemas"]["Answered"] | null;
            /** @default null */
            caught?: components["schemas"]["Caught"] | null;
            /** @default false */
            closing?: boolean;
            /** @default false */
            forgotten?: boolean;
            /** @default [] */
            lines?: components["schemas"]["Line"][];
            /** @default null */
            older?: components["schemas"]["Older"] | null;
            /** @default null */
            outlook?: components["schemas"]["Outlook"] | null;
            /** @default 0 */
            read?: number;
            /** @default 0 */
            recalled?: number;
            /** @default false */
            typing?: boolean;
        };
        /** Told */
        Told: {
            /** @default null */
            field?: string | null;
            key: string;
            sentence: string;
        };
        /** Trouble */
        Trouble: {
            problems: components["schemas"]["Told"][];
        };
        /**
         * Urgency
         * @enum {unknown}
         */
        Urgency: "high" | "normal";
        /**
         * Verdict
         * @enum {string}
         */
        Verdict: "hit" | "missed" | "pending" | "excluded";
        /** Version */
        Version: {
            /** Format: date-time */
            changed_at: string;
            /** @default null */
            changed_by?: string | null;
            /** @default null */
            value?: unknown;
            version: number;
        };
        /**
         * Visibility
         * @enum {unknown}
         */
        Visibility: "all" | "own" | "team";
        /** Waits */
        Waits: {
            /** @default null */
            account?: string | null;
            chat: string;
            /** @default null */
            deadline?: string | null;
            since: string;
        };
        /**
         * Way
         * @enum {unknown}
         */
        Way: "email" | "screen" | "sound" | "web_push" | "webhook";
        /** WebchatChange */
        WebchatChange: {
            /** @default null */
            expected_version?: number | null;
            settings: components["schemas"]["WebchatSettings"];
        };
        /** WebchatSetting */
        WebchatSetting: {
            lines: [
                string,
                string
            ];
            path: string;
            settings: components["schemas"]["WebchatSettings"];
            version: number | null;
        };
        /** WebchatSettings */
        WebchatSettings: {
            /** @default [] */
            allowed_origins?: string[];
            /** @default #23304F */
            colour?: string;
            /** @default {} */
            greeting?: {
                [key: string]: string;
            };
            /** @default {} */
            hours?: {
                [key: string]: string;
            };
            /** @default  */
            name?: string;
            /** @default true */
            offline_form?: boolean;
            /**
             * @default right
             * @enum {unknown}
             */
            position?: "left" | "right";
            /** @default {} */
            questions?: {
                [key: string]: string[];
            };
            /** @default [] */
            required?: ("email" | "name" | "order" | "phone")[];
        };
        /** WebhookTold */
        WebhookTold: {
            path: string;
            secrets: components["schemas"]["SecretTold"][];
            sends: string[] | null;
            stream: string;
            to: string | null;
            version: number;
        };
        /** WebhookWanted */
        WebhookWanted: {
            /** @default null */
            expected_version?: number | null;
            /** @default null */
            sends?: string[] | null;
            /** @default null */
            to?: string | null;
        };
        /** Welcome */
        Welcome: {
            account: string;
            name: string;
            session: components["schemas"]["SessionTold"];
            token: string;
        };
        /** WhichShops */
        WhichShops: {
            /** @default false */
            every?: boolean;
            /** @default [] */
            only?: string[];
        };
        /** WhoIAm */
        WhoIAm: {
            account: components["schemas"]["AccountTold"];
            /** @default null */
            key?: components["schemas"]["KeyTold"] | null;
            rights: components["schemas"]["Right"][];
            /** @default null */
            session?: components["schemas"]["SessionTold"] | null;
        };
        /** Whole */
        Whole: {
            buyer: string;
            messages: components["schemas"]["Spoken"][];
        };
        /** Window */
        Window: {
            at_most: number;
            /** Format: duration */
            per: string;
        };
        /** Words */
        Words: {
            /** @default {} */
            fields?: {
                [key: string]: string;
            };
            id: string;
            text: string;
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
    ReadHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: string;
                    };
                };
            };
        };
    };
    ListAccounts: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AccountTold_"];
                };
            };
        };
    };
    AddAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountAdded"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountTold"];
                };
            };
        };
    };
    ReadAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountTold"];
                };
            };
        };
    };
    ChangeAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountWanted"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountTold"];
                };
            };
        };
    };
    ActivateAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Activation"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountTold"];
                };
            };
        };
    };
    SetFirstPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FirstPassword"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountTold"];
                };
            };
        };
    };
    SetPresence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PresenceWanted"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    DropSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ListSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionTold"][];
                };
            };
        };
    };
    EndSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ListAlarms: {
        parameters: {
            query?: {
                shop?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlarmTold"][];
                };
            };
        };
    };
    TakeAlarm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alarm_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Taking"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlarmTold"];
                };
            };
        };
    };
    ListApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyTold"][];
                };
            };
        };
    };
    MakeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyWanted"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyMade"];
                };
            };
        };
    };
    EndApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ReadAudit: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                subject?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AuditDeed_"];
                };
            };
        };
    };
    DeliverEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"];
                };
            };
        };
    };
    ListChats: {
        parameters: {
            query?: {
                account?: string[] | null;
                channel?: string[] | null;
                cursor?: string | null;
                group?: string[] | null;
                hour?: number | null;
                limit?: number;
                metric?: string | null;
                shop?: string[] | null;
                since?: string | null;
                status?: ("waiting" | "answered" | "snoozed" | "closed")[] | null;
                tag?: string[] | null;
                until?: string | null;
                verdict?: components["schemas"]["Verdict"] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Listed_"];
                };
            };
        };
    };
    ReadChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["miaohui.pipelines.frames.Shown"];
                };
            };
        };
    };
    HandOnChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandingOn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    MarkBuyer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
                mark: components["schemas"]["Mark"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    UnmarkBuyer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
                mark: components["schemas"]["Mark"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    CloseChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    ReopenChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    DiscloseChat: {
        parameters: {
            query?: {
                before?: number | null;
            };
            header?: never;
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Whole"];
                };
            };
        };
    };
    KeepDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftText"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
        };
    };
    KeepPicture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/gif": string;
                "image/jpeg": string;
                "image/png": string;
                "image/webp": string;
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Kept"];
                };
            };
        };
    };
    ReadPicture: {
        parameters: {
            query?: {
                small?: boolean;
            };
            header?: never;
            path: {
                chat_id: string;
                media_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/*": string;
                };
            };
        };
    };
    ReadMessages: {
        parameters: {
            query?: {
                after?: number | null;
                before?: number | null;
                limit?: number;
            };
            header?: never;
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Spoken"][];
                };
            };
        };
    };
    WriteMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Saying"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    RecallMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
                message_seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    WriteNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Note"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    SnoozeChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Snooze"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    WakeChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    ReportSpam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    JudgeSpam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["miaohui.api.chat_marks.Verdict"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    TagChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
                tag: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    UntagChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
                tag: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    OpenTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Promise"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    ChangeTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    CloseTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    ExportChats: {
        parameters: {
            query?: {
                account?: string[] | null;
                channel?: string[] | null;
                group?: string[] | null;
                hour?: number | null;
                lang?: "zh" | "en" | null;
                metric?: string | null;
                shop?: string[] | null;
                since?: string | null;
                status?: ("waiting" | "answered" | "snoozed" | "closed")[] | null;
                tag?: string[] | null;
                until?: string | null;
                verdict?: components["schemas"]["Verdict"] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    ListGroups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupTold"][];
                };
            };
        };
    };
    AddGroup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupWanted"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupTold"];
                };
            };
        };
    };
    ChangeGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupWanted"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupTold"];
                };
            };
        };
    };
    RemoveGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ReadHouse: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HouseTold"];
                };
            };
        };
    };
    MakeOwner: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FirstOwner"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Welcome"];
                };
            };
        };
    };
    ListInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationTold"][];
                };
            };
        };
    };
    Invite: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationWanted"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationMade"];
                };
            };
        };
    };
    WithdrawInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    AcceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Acceptance"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Welcome"];
                };
            };
        };
    };
    ReadOffer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Link"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferTold"];
                };
            };
        };
    };
    ListMyAddresses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddressTold"][];
                };
            };
        };
    };
    AddMyAddress: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddressWanted"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddressTold"];
                };
            };
        };
    };
    RemoveMyAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                address_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    TryMyAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                address_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["miaohui.api.reachable.TrialTold"];
                };
            };
        };
    };
    ReadMyDrafts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"][];
                };
            };
        };
    };
    ChangeMyPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Welcome"];
                };
            };
        };
    };
    SetMyPresence: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PresenceWanted"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    ReadMySecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactor"];
                };
            };
        };
    };
    ConfirmMySecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FirstCode"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
        };
    };
    OfferMySecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["miaohui.api.second_factor.Offer"];
                };
            };
        };
    };
    GiveUpMySecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Proof"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Welcome"];
                };
            };
        };
    };
    ListMySessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionTold"][];
                };
            };
        };
    };
    EndMyOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    EndMySession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ListPacks: {
        parameters: {
            query?: {
                shop?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PackTold"][];
                };
            };
        };
    };
    ListKnownPacks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KnownPackTold"][];
                };
            };
        };
    };
    ListQuickReplies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplyShown"][];
                };
            };
        };
    };
    KeepQuickReply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reply_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplyWanted"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuickReply"];
                };
            };
        };
    };
    RemoveQuickReply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reply_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ListRoles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleTold"][];
                };
            };
        };
    };
    AddRole: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleWanted"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleTold"];
                };
            };
        };
    };
    ChangeRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                role_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleWanted"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleTold"];
                };
            };
        };
    };
    RemoveRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                role_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    SearchChats: {
        parameters: {
            query?: {
                account?: string[] | null;
                buyer?: string | null;
                channel?: string[] | null;
                cursor?: string | null;
                kind?: string[] | null;
                limit?: number;
                order?: string | null;
                shop?: string[] | null;
                since?: string | null;
                until?: string | null;
                words?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Hit_"];
                };
            };
        };
    };
    WhoAmI: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhoIAm"];
                };
            };
        };
    };
    LogIn: {
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
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Welcome"];
                };
            };
        };
    };
    LogOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    "Set-Cookie"?: unknown;
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ReadMail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setting_MailShown_"];
                };
            };
        };
    };
    ChangeMail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingWanted_Mail_"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setting_MailShown_"];
                };
            };
        };
    };
    ReadMailHistory: {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"][];
                };
            };
        };
    };
    ReadPush: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setting_PushShown_"];
                };
            };
        };
    };
    ChangePush: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingWanted_Push_"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setting_PushShown_"];
                };
            };
        };
    };
    ReadPushHistory: {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"][];
                };
            };
        };
    };
    ListShops: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShopTold"][];
                };
            };
        };
    };
    AddShop: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShopAdded"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShopTold"];
                };
            };
        };
    };
    ReadShop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShopTold"];
                };
            };
        };
    };
    ChangeShop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShopWanted"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShopTold"];
                };
            };
        };
    };
    ListChannels: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelTold"][];
                };
            };
        };
    };
    AddChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChannelAdded"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelTold"];
                };
            };
        };
    };
    ChangeChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: string;
                shop: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChannelWanted"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelTold"];
                };
            };
        };
    };
    ReadChannelHealth: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: string;
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthTold"];
                };
            };
        };
    };
    TryChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: string;
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["miaohui.api.shop_channels.TrialTold"];
                };
            };
        };
    };
    ReadWebchatSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: string;
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebchatSetting"];
                };
            };
        };
    };
    ChangeWebchatSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: string;
                shop: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebchatChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebchatSetting"];
                };
            };
        };
    };
    ReadWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: string;
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTold"];
                };
            };
        };
    };
    ChangeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: string;
                shop: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookWanted"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTold"];
                };
            };
        };
    };
    MakeWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: string;
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecretMade"];
                };
            };
        };
    };
    DropWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: string;
                secret_id: string;
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ListColleagues: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentLoad"][];
                };
            };
        };
    };
    ListErasures: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ErasureTold_"];
                };
            };
        };
    };
    EraseBuyer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ErasureWanted"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureTold"];
                };
            };
        };
    };
    ReadErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                erasure_id: string;
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureTold"];
                };
            };
        };
    };
    ReadShopHours: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShopHours"];
                };
            };
        };
    };
    ReadShopNow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShopNow"];
                };
            };
        };
    };
    ListOutgoing: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                state?: "failed";
            };
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_OutgoingTold_"];
                };
            };
        };
    };
    ResendOutgoing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                seq: number;
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResendingTold"];
                };
            };
        };
    };
    TryRobot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                robot: string;
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["miaohui.api.reachable.TrialTold"];
                };
            };
        };
    };
    ReadAlarms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setting_AlarmSettings_"];
                };
            };
        };
    };
    ChangeAlarms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingWanted_AlarmSettings_"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setting_AlarmSettings_"];
                };
            };
        };
    };
    ReadAlarmsHistory: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"][];
                };
            };
        };
    };
    ReadHours: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setting_OpeningHours_"];
                };
            };
        };
    };
    ChangeHours: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingWanted_OpeningHours_"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setting_OpeningHours_"];
                };
            };
        };
    };
    ReadHoursHistory: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"][];
                };
            };
        };
    };
    ReadLines: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setting_Lines_"];
                };
            };
        };
    };
    ChangeLines: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingWanted_Lines_"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setting_Lines_"];
                };
            };
        };
    };
    ReadLinesHistory: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"][];
                };
            };
        };
    };
    ReadRetention: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setting_Retention_"];
                };
            };
        };
    };
    ChangeRetention: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingWanted_Retention_"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setting_Retention_"];
                };
            };
        };
    };
    ReadRetentionHistory: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"][];
                };
            };
        };
    };
    ReadRobots: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setting_RobotsShown_"];
                };
            };
        };
    };
    ChangeRobots: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingWanted_Robots_"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setting_RobotsShown_"];
                };
            };
        };
    };
    ReadRobotsHistory: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"][];
                };
            };
        };
    };
    ReadRouting: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setting_RoutingSettings_"];
                };
            };
        };
    };
    ChangeRouting: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingWanted_RoutingSettings_"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setting_RoutingSettings_"];
                };
            };
        };
    };
    ReadRoutingHistory: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                shop: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"][];
                };
            };
        };
    };
    ListTasks: {
        parameters: {
            query?: {
                shop?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenTask"][];
                };
            };
        };
    };
    ReadWebchat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webchat_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Face"] | null;
                };
            };
        };
    };
    PollFrames: {
        parameters: {
            query?: {
                known?: string | null;
                since?: number | null;
            };
            header?: never;
            path: {
                webchat_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Frames"];
                };
            };
        };
    };
    SendFrames: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webchat_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FromBuyer"][];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToBuyer"][];
                };
            };
        };
    };
    HandInPicture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webchat_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/gif": string;
                "image/jpeg": string;
                "image/png": string;
                "image/webp": string;
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Kept"];
                };
            };
        };
    };
    FetchPicture: {
        parameters: {
            query?: {
                small?: boolean;
            };
            header?: never;
            path: {
                media_id: string;
                webchat_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/*": string;
                };
            };
        };
    };
    OfferPairing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webchat_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["miaohui.api.webchat.Offer"];
                };
            };
        };
    };
    BeginVisit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webchat_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Beginning"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Begun"];
                };
            };
        };
    };
}
