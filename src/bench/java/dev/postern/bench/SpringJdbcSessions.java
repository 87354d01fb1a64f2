package dev.postern.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Spring Session's sessions in a database, with the same that {@link SpringSessions} keeps of each.
 *
 * <p>Safe for concurrent use.
 */
final class SpringJdbcSessions {

    private final FindByIndexNameSessionRepository<Session> repository;

    /** In tables of its own, which this creates in a PostgreSQL. */
    @SuppressWarnings("unchecked") // the type of its sessions is not public
    SpringJdbcSessions(DataSource database) {
        new ResourceDatabasePopulator(new ClassPathResource("org/springframework/session/jdbc/schema-postgresql.sql"))
                .execute(database);
        JdbcIndexedSessionRepository sessions = new JdbcIndexedSessionRepository(
                new JdbcTemplate(database), new TransactionTemplate(new DataSourceTransactionManager(database)));
        sessions.setCleanupCron("-"); // nothing expires here
        sessions.afterPropertiesSet();
        this.repository = (FindByIndexNameSessionRepository<Session>) (FindByIndexNameSessionRepository<?>) sessions;
    }

    /** Begins a session, and returns its id. */
    String begin(String user) {
        Session session = repository.createSession();
        session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, user);
        session.setAttribute("roles", new ArrayList<>(List.of("clerk", "customer")));
        OurSessions.NOTES.forEach(session::setAttribute);
        repository.save(session);
        return session.getId();
    }

    /** What its filter does with each request that has a session. */
    Session perRequest(String id) {
        Session session = repository.findById(id);
        if (session == null) {
            throw new IllegalStateException("A session that lives was not found.");
        }
        session.setLastAccessedTime(Instant.now());
        repository.save(session);
        return session;
    }

    boolean isThere(String id) {
        return repository.findById(id) != null;
    }

    void end(String id) {
        repository.deleteById(id);
    }
}
