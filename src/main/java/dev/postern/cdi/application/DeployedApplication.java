package dev.postern.cdi.application;

import jakarta.servlet.ServletContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Which application this is, and where it is deployed: the same on every node of a cluster, and different for two
 * applications that share a grid or a host.
 *
 * <p>Immutable.
 *
 * @param application the name of the EAR, or of the WAR if it is deployed by itself
 * @param module the name of the web module
 * @param contextPath the context path; empty at the root of the host
 * @param artifact its Maven coordinates without the version; empty if the archive names none
 */
public record DeployedApplication(String application, String module, String contextPath, Optional<String> artifact) {

    private static final String COORDINATES = "/META-INF/maven/";
    private static final int MOST = 64;
    private static final int SHORTENED = 31;
    private static final int DIGEST = 16;

    /** Reads the names of a web application that is starting, on the thread that starts it. */
    public static DeployedApplication of(ServletContext context) {
        String fallback = "root" + context.getContextPath(); // without JNDI
        String module = name("java:module/ModuleName").orElse(fallback);
        return new DeployedApplication(
                name("java:app/AppName").orElse(module), module, context.getContextPath(), artifact(context));
    }

    /** The namespace, if the settings name none: application and module, in letters that every map name may have. */
    public String namespace() {
        return slug(application.equals(module) ? module : application + "." + module);
    }

    /**
     * A text that identifies the application: another application has another text, and a later version has the same.
     */
    public String identity() {
        return "application " + application + ", module " + module + ", context path "
                + (contextPath.isEmpty() ? "/" : contextPath)
                + artifact.map(name -> ", artifact " + name).orElse("");
    }

    /**
     * The end of the standard cookie name: different for each context path, and empty at the root of the host. It has
     * at most 64 characters, so that the cookie stays within bounds (S-27).
     */
    public String cookieSuffix() {
        if (contextPath.isEmpty()) {
            return "";
        }
        String name = "-" + URLEncoder.encode(contextPath.substring(1), StandardCharsets.UTF_8);
        return name.length() <= MOST ? name : name.substring(0, SHORTENED) + "~" + digest(contextPath);
    }

    /** The first characters of a hash. A tilde is put before it, which no unshortened name contains. */
    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    @SuppressWarnings("BanJNDI") // the names are constants of the platform
    private static Optional<String> name(String jndi) {
        try {
            return Optional.ofNullable(InitialContext.<String>doLookup(jndi));
        } catch (NamingException e) {
            return Optional.empty();
        }
    }

    /** The Maven coordinates, from the folders that Maven writes into a WAR. */
    private static Optional<String> artifact(ServletContext context) {
        return only(context, COORDINATES)
                .flatMap(group -> only(context, COORDINATES + group + "/").map(name -> group + ":" + name));
    }

    private static Optional<String> only(ServletContext context, String directory) {
        Set<String> paths = context.getResourcePaths(directory);
        return paths == null || paths.size() != 1
                ? Optional.empty()
                : paths.stream()
                        .map(path -> path.substring(directory.length()).replaceFirst("/$", ""))
                        .findFirst();
    }

    private static String slug(String text) {
        return text.replaceAll("[^A-Za-z0-9._-]", "-");
    }
}
