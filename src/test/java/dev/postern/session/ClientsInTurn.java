package dev.postern.session;

import dev.postern.session.Clients.Answer;
import dev.postern.session.Clients.Person;
import java.util.Arrays;

/**
 * A sequential model of {@link Clients}: the same operations in a few plain rules, without rows, swaps and secrets.
 * Tokens are numbers; the valid ones of a session are those from {@code oldest} on.
 *
 * <p>For one thread.
 */
public final class ClientsInTurn {

    private static final int MOST_CLIENTS = 4;

    private final Cookie[] cookies = new Cookie[MOST_CLIENTS];

    public ClientsInTurn() {
        Session session = new Session(Person.ANN);
        session.isDue = true;
        Arrays.fill(cookies, new Cookie(session, 1));
    }

    private record Cookie(Session session, int number) {

        boolean isGood() {
            return !session.isOver && number >= session.oldest;
        }
    }

    private static final class Session {
        private final Person person;
        private boolean isOver;
        private boolean isDue;
        private int oldest = 1;
        private int newest = 1;

        Session(Person person) {
            this.person = person;
        }

        Cookie next() {
            isDue = false;
            return new Cookie(this, ++newest);
        }
    }

    /** Only the first request after the renewal is due gets a token. Time stands still, so the old one stays valid. */
    public Answer request(int client) {
        Cookie cookie = cookies[client];
        if (!cookie.isGood()) {
            return Answer.OUT;
        }
        if (!cookie.session.isDue) {
            return Answer.IN;
        }
        cookies[client] = cookie.session.next();
        return Answer.RENEWED;
    }

    /** The same user continues the session, and all other tokens become invalid. Another user ends it. */
    public Answer signIn(int client, Person person) {
        Session session = cookies[client].session;
        if (session.isOver || session.person != person) {
            session.isOver = true;
            cookies[client] = new Cookie(new Session(person), 1);
            return Answer.NEW_SESSION;
        }
        cookies[client] = session.next();
        session.oldest = session.newest;
        return Answer.SAME_SESSION;
    }

    /** Any token of a session ends it for all clients. */
    public void signOut(int client) {
        cookies[client].session.isOver = true;
    }
}
