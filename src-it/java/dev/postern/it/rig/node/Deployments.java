package dev.postern.it.rig.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/** What is deployed on a node. */
public interface Deployments {

    /** For annotated beans only. */
    StringAsset BEANS = new StringAsset("""
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
            """);

    /** The applications, each with the name of its file. */
    List<Archive<?>> archives() throws IOException;

    /** Writes all of them into the directory. */
    default void writeTo(Path directory) throws IOException {
        for (Archive<?> archive : archives()) {
            archive.as(ZipExporter.class)
                    .exportTo(directory.resolve(archive.getName()).toFile(), true);
        }
    }
}
