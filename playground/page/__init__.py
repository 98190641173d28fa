"""The playground's page: a Slack workspace one knows, the AWS beside it, and things to let happen.

Addresses.  `/?person=U0SATO&channel=C0OPS&thread=TS&tab=home`, `/?side=1`; `/part/NAME` is one part of the
same view; `/live` tells what changed; people act by `POST /people/USER/VERB`, all else is `POST /page/NAME`.

What tests and tours may hold on to (`data-testid` unless it says otherwise):

=====================  ========================================================================
person-U0SUZUKI        a link of the person switch; `aria-current` on the one that one is
channel-C0OPS          a link of the sidebar; `data-unread` is the number of unread messages
messages               the list of messages; each is `message`, with `data-ts` and `data-author`
composer, send         where one writes (Enter sends); `thread-composer`, `thread-send` in a thread
suggestions            the composer's list of offers, `role=option` each
button-ACTION_ID       a button in a message, form or home tab; `unknown-block` shows JSON
confirm-yes, -no       in the dialog that asks before a dangerous click
replies                the link below a message that opens its thread; `reply` does so without replies
message-menu           the menu of a message; a shortcut in it is `shortcut-CALLBACK_ID`
thread, thread-close   the pane of a thread, and its way out
modal                  a form; `modal-submit`, `modal-cancel`; `field-error` is a trouble in it
toast                  what Slack would say in passing
home                   the app's home tab; `tab-home` and `tab-messages` change between the two
panel-aws, -happen, -wire   the tabs of the panel beside the workspace
instance-NAME          an instance's row, such as instance-web-01; `data-state`, `data-id`
snapshots-ACCOUNT-REGION    the count of snapshots of a place, such as snapshots-dev-ap-northeast-1
happen-KEY             an entry of the menu (the keys of happenings.py); `target-KEY`; `all-well`; `standing`
clock-NAME             pushes the clock to a schedule's next run; `clock-time`, `clock-push`, `clock-said`
wire, wire-filter      what went over the wire, newest first, and its filter
bot, bot-start, -stop, -kill   how the bot is (`data-doing`), and moving it; `reset`
tour, tour-next, tour-close    the first minute; `tour-open` begins it again
theme, side            light or dark; two windows side by side
=====================  ========================================================================
"""
