package dev.postern.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The programs of WildFly, started without its scripts, so that the process is the server itself. */
public final class WildFlyHome {

    /** What the server's own start script opens to it. */
    private static final List<String> OPENED = List.of(
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.net",
            "java.base/java.security",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.management/javax.management",
            "java.naming/javax.naming");

    private WildFlyHome() {}

    /** What follows the JVM's own options: the system properties, the module that is run, and its arguments. */
    public static List<String> words(List<String> properties, String module, String... arguments) {
        Path home = Rig.path("it.wildfly.home");
        List<String> words = new ArrayList<>();
        OPENED.forEach(opened -> words.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        words.addAll(List.of(
                "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
                "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
                "-Djboss.home.dir=" + home));
        words.addAll(properties);
        words.addAll(List.of("-jar", home.resolve("jboss-modules.jar").toString()));
        words.addAll(List.of("-mp", HazelcastModule.path(home), module));
        Stream.of(arguments).forEach(words::add);
        return words;
    }
}
