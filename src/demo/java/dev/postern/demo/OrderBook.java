package dev.postern.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * The orders and what happened to them. An order and its event are written in one transaction or not at all.
 *
 * <p>Safe for concurrent use.
 */
@ApplicationScoped
@Transactional
public class OrderBook {

    private static final String SELECT = "select id, customer, item, quantity, state, placed_at from desk_order";

    @Inject
    Sql sql;

    /** Every order, the newest first. */
    public List<Order> all() {
        return sql.query(OrderBook::order, SELECT + " order by id desc");
    }

    /** The customer's own orders, the newest first. */
    public List<Order> of(String customer) {
        return sql.query(OrderBook::order, SELECT + " where customer = ? order by id desc", customer);
    }

    /** The order of that number, if there is one. */
    public Optional<Order> find(long id) {
        return sql.query(OrderBook::order, SELECT + " where id = ?", id).stream()
                .findFirst();
    }

    /** What happened to the order, the oldest first. */
    public List<OrderEvent> history(long id) {
        return sql.query(
                OrderBook::event,
                "select state, actor, fingerprint, happened_at from order_event where order_id = ? order by happened_at",
                id);
    }

    /** Writes a new order of the actor and answers its number. */
    public long place(Actor customer, OrderLine line, Article article) {
        long id = sql.insert(
                "insert into desk_order (customer, item, quantity, cents, state, placed_at)"
                        + " values (?, ?, ?, ?, 'PLACED', current_timestamp)",
                customer.user(),
                line.item(),
                line.quantity(),
                (long) line.quantity() * article.cents());
        note(id, OrderState.PLACED, customer);
        return id;
    }

    /** Brings an order that is still placed into another state; false when it no longer is. */
    public boolean move(long id, OrderState state, Actor actor) {
        if (sql.update("update desk_order set state = ? where id = ? and state = 'PLACED'", state.name(), id) == 0) {
            return false;
        }
        note(id, state, actor);
        return true;
    }

    /** What came in since midnight UTC. */
    public Figures figures() {
        OffsetDateTime midnight = LocalDate.now(ZoneOffset.UTC).atStartOfDay().atOffset(ZoneOffset.UTC);
        return sql.query(
                        row -> new Figures(
                                midnight.toLocalDate().toString(), row.getInt(1), row.getInt(2), row.getLong(3)),
                        "select count(*), coalesce(sum(quantity), 0), coalesce(sum(cents), 0) from desk_order"
                                + " where placed_at >= ? and state <> 'CANCELLED'",
                        midnight)
                .get(0);
    }

    private void note(long id, OrderState state, Actor actor) {
        sql.update(
                "insert into order_event values (?, ?, ?, ?, current_timestamp)",
                id,
                state.name(),
                actor.user(),
                actor.session());
    }

    private static Order order(ResultSet row) throws SQLException {
        OrderLine line = new OrderLine(row.getString(3), row.getInt(4));
        return new Order(row.getLong(1), row.getString(2), line, OrderState.valueOf(row.getString(5)), time(row, 6));
    }

    private static OrderEvent event(ResultSet row) throws SQLException {
        return new OrderEvent(OrderState.valueOf(row.getString(1)), row.getString(2), row.getString(3), time(row, 4));
    }

    private static String time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().toString();
    }
}
