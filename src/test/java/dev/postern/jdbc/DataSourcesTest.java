package dev.postern.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import java.util.Optional;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class DataSourcesTest {

    private static final String NAME = "java:comp/env/jdbc/sessions";

    @Test
    void findsADataSourceByItsName() {
        DataSource source = new JdbcDataSource();

        assertThat(DataSources.named(NAME, name -> name.equals(NAME) ? source : "another"))
                .isSameAs(source);
    }

    @Test
    void saysThatThereIsNone() {
        assertThatThrownBy(() -> DataSources.named(NAME, name -> {
                    throw new NameNotFoundException(name);
                }))
                .isInstanceOf(PosternException.class)
                .hasMessage("The server has no data source of the name " + NAME + " (postern.store.data-source).")
                .hasCauseInstanceOf(NamingException.class);
    }

    @Test
    void saysThatThereIsSomethingElse() {
        assertThatThrownBy(() -> DataSources.named(NAME, name -> Optional.empty()))
                .isInstanceOf(PosternException.class)
                .hasMessage("What the server has under the name " + NAME + " (postern.store.data-source) is no data"
                        + " source, but of the type java.util.Optional.");
    }

    @Test
    void saysThatThisJvmHasNoNames() {
        assertThatThrownBy(() -> DataSources.named(NAME)).isInstanceOf(PosternException.class);
    }
}
