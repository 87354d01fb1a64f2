package dev.postern.it.guest.caseless;

import jakarta.annotation.Resource;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Fills the table of persons, whose names have the type {@code varchar_ignorecase}. Each password is the name with
 * {@code -pw}.
 */
@WebListener
public class Registrar implements ServletContextListener {

    @Resource(lookup = PersonDirectory.DATABASE)
    private DataSource database;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        try (Connection connection = database.getConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table if not exists person"
                        + " (name varchar_ignorecase(200) primary key, password varchar(200), role varchar(20))");
            }
            for (String name : new String[] {"ann", "bob", "\u0131rmak", "\u03bc\u03ac\u03bd\u03bf\u03c2", "o(k)"}) {
                add(connection, name);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(Connection connection, String name) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("merge into person values (?, ?, 'clerk')")) {
            insert.setString(1, name);
            insert.setString(2, name + "-pw");
            insert.executeUpdate();
        }
    }
}
