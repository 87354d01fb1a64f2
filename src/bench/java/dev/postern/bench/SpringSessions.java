package dev.postern.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.hazelcast.HazelcastIndexedSessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Spring Session's sessions, with the same that Postern keeps of each: the user's name and roles, and what is noted of the client. The
 * security context that Spring Security would add is left out, in their favour.
 *
 * <p>Safe for concurrent use.
 */
final class SpringSessions {

    private final FindByIndexNameSessionRepository<Session> repository;

    @SuppressWarnings("unchecked") // the type of its sessions is not public
    private SpringSessions(FindByIndexNameSessionRepository<?> repository) {
        this.repository = (FindByIndexNameSessionRepository<Session>) repository;
    }

    /** On the same cluster as ours. */
    static SpringSessions on(MemberCluster cluster) {
        HazelcastIndexedSessionRepository sessions = new HazelcastIndexedSessionRepository(cluster.hazelcast());
        sessions.afterPropertiesSet();
        return new SpringSessions(sessions);
    }

    /** In tables of their own, which this creates in a PostgreSQL. */
    static SpringSessions in(DataSource database) {
        new ResourceDatabasePopulator(new ClassPathResource("org/springframework/session/jdbc/schema-postgresql.sql"))
                .execute(database);
        JdbcIndexedSessionRepository sessions = new JdbcIndexedSessionRepository(
                new JdbcTemplate(database), new TransactionTemplate(new DataSourceTransactionManager(database)));
        sessions.setCleanupCron("-"); // nothing expires here
        sessions.afterPropertiesSet();
        return new SpringSessions(sessions);
    }

    /** Begins a session, and answers its id. */
    String begin(String user) {
        Session session = repository.createSession();
        session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, user);
        session.setAttribute("roles", new ArrayList<>(List.of("clerk", "customer")));
        OurSessions.NOTES.forEach(session::setAttribute);
        repository.save(session);
        return session.getId();
    }

    List<String> fill(int users) {
        List<String> ids = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            ids.add(begin(OurSessions.name(user)));
        }
        return ids;
    }

    Session find(String id) {
        Session session = repository.findById(id);
        if (session == null) {
            throw new IllegalStateException("A session that lives was not found.");
        }
        return session;
    }

    boolean isThere(String id) {
        return repository.findById(id) != null;
    }

    /** What its filter does with each request that has a session. */
    Session perRequest(String id) {
        Session session = find(id);
        session.setLastAccessedTime(Instant.now());
        repository.save(session);
        return session;
    }

    /** Gives the session another id. */
    String renew(String id) {
        Session session = find(id);
        String changed = session.changeSessionId();
        repository.save(session);
        return changed;
    }

    void end(String id) {
        repository.deleteById(id);
    }

    /** Takes all away at once, without a word to the repository. */
    static void clear(MemberCluster cluster) {
        cluster.hazelcast()
                .getMap(HazelcastIndexedSessionRepository.DEFAULT_SESSION_MAP_NAME)
                .clear();
    }

    Map<String, Session> of(String user) {
        return repository.findByPrincipalName(user);
    }
}
