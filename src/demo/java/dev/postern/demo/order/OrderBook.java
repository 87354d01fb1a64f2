package dev.postern.demo.order;

import dev.postern.demo.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The orders in the database. Safe for concurrent use. */
@ApplicationScoped
@Transactional
public class OrderBook {

    private static final String SELECT = "select id, customer, item, quantity, state, placed_at from desk_order";

    @Inject
    Sql sql;

    /** All orders, the newest first. */
    public List<Order> all() {
        return sql.query(OrderBook::order, SELECT + " order by id desc");
    }

    /** The customer's own orders, the newest first. */
    public List<Order> of(String customer) {
        return sql.query(OrderBook::order, SELECT + " where customer = ? order by id desc", customer);
    }

    /** The order of that number; empty if there is none. */
    public Optional<Order> find(long id) {
        return sql.query(OrderBook::order, SELECT + " where id = ?", id).stream()
                .findFirst();
    }

    /** Writes a new order and answers its number. */
    public long place(String customer, OrderLine line, Article article) {
        return sql.insert(
                "insert into desk_order (customer, item, quantity, cents, state, placed_at)"
                        + " values (?, ?, ?, ?, 'PLACED', current_timestamp)",
                customer,
                article.code(),
                line.quantity(),
                (long) line.quantity() * article.cents());
    }

    /** Changes the state of an order that is still placed; false if it is shipped or cancelled by now. */
    public boolean move(long id, OrderState state) {
        return sql.update("update desk_order set state = ? where id = ? and state = 'PLACED'", state.name(), id) > 0;
    }

    private static Order order(ResultSet row) throws SQLException {
        OrderLine line = new OrderLine(row.getString(3), row.getInt(4));
        String placedAt = row.getObject(6, OffsetDateTime.class).toInstant().toString();
        return new Order(row.getLong(1), row.getString(2), line, OrderState.valueOf(row.getString(5)), placedAt);
    }
}
