package dev.postern.http.answer;

import dev.postern.Session;
import dev.postern.session.LiveSession;
import dev.postern.session.listing.ListedSession;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionTimes;
import dev.postern.session.token.Handle;
import dev.postern.session.user.SessionUser;

/** Makes of rows what users may see of them. */
public final class SessionMapper {

    private SessionMapper() {}

    /** The session of a request. */
    public static Session ofCurrent(LiveSession session) {
        return of(session.handle(), session.row(), session.user(), true);
    }

    /** A session in a list, and whether it is the current one. */
    public static Session of(ListedSession session, boolean isCurrent) {
        return of(session.handle(), session.row(), session.row().user(), isCurrent);
    }

    private static Session of(Handle handle, SessionRow.Active row, SessionUser user, boolean isCurrent) {
        SessionTimes times = row.times();
        return new Session(
                handle.text(),
                new Session.User(user.name(), user.roles()),
                new Session.Times(
                        times.created(),
                        times.authenticated(),
                        row.generation().since(),
                        times.lastSeen(),
                        times.expires()),
                row.metadata(),
                isCurrent);
    }
}
