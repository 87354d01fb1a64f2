package dev.postern.rest.access;

import dev.postern.rest.method.AnnotatedClasses;
import dev.postern.rest.method.WeldClientProxies;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rule of one resource method. What the server names as its class may be an interface without annotations (WF-30).
 * So the class of the called object counts as well, and the classes whose locators led to it. The strictest rule wins.
 *
 * <p>A method that cannot be judged is closed: one that the server does not name, and one of a {@link Proxy} if neither
 * its interfaces nor a class of the application carry an annotation.
 *
 * <p>Safe for concurrent use.
 */
public final class MethodAccess {

    private static final Logger LOG = System.getLogger(MethodAccess.class.getName());

    private final @Nullable Class<?> type;
    private final @Nullable Method method;
    private final Supplier<AnnotatedClasses> annotated;
    private final AccessRule declared;
    private final Map<Class<?>, AccessRule> seen = new ConcurrentHashMap<>();
    private final Map<Class<?>, AccessRule> called = new ConcurrentHashMap<>();
    private final Map<Class<?>, AccessRule> passed = new ConcurrentHashMap<>();

    /**
     * Reads the rule of what the server names.
     *
     * @param annotated where to look for classes behind a generated class
     * @throws IllegalStateException if a class or method carries two annotations
     */
    public MethodAccess(@Nullable Class<?> type, @Nullable Method method, Supplier<AnnotatedClasses> annotated) {
        this.type = type;
        this.method = method;
        this.annotated = annotated;
        this.declared = type == null || method == null ? AccessRule.CLOSED : AccessRules.of(type, method);
    }

    /** The rule without a look behind the proxies of beans, which may create those beans. */
    public AccessRule atFirstSight(List<Object> innermostFirst) {
        AccessRule rule = declared;
        for (int at = 0; at < innermostFirst.size(); at++) {
            Object resource = innermostFirst.get(at);
            if (!WeldClientProxies.isProxy(resource)) {
                rule = rule.and(rule(at, resource));
            } else if (at == 0) {
                rule = rule.and(seen.computeIfAbsent(resource.getClass(), this::ofClass));
            } else {
                rule = rule.and(passed.computeIfAbsent(resource.getClass(), SubResourceLocators::rule));
            }
        }
        return rule;
    }

    /** The rule of the beans behind proxies; undeclared if there is no proxy. */
    public AccessRule behindProxies(List<Object> innermostFirst) {
        AccessRule rule = AccessRule.UNDECLARED;
        for (int at = 0; at < innermostFirst.size(); at++) {
            Object resource = innermostFirst.get(at);
            if (WeldClientProxies.isProxy(resource)) {
                rule = rule.and(rule(at, WeldClientProxies.target(resource)));
            }
        }
        return rule;
    }

    private AccessRule rule(int at, Object resource) {
        return at == 0
                ? called.computeIfAbsent(resource.getClass(), this::ofCalled)
                : passed.computeIfAbsent(resource.getClass(), this::ofPassed);
    }

    private AccessRule ofClass(Class<?> actual) {
        return method == null ? AccessRule.CLOSED : AccessRules.of(actual, method);
    }

    private AccessRule ofCalled(Class<?> actual) {
        AccessRule own = ofClass(actual);
        return method != null && isHiding(actual) ? own.and(behind(actual, method, own)) : own;
    }

    /** The rule of a class whose sub-resource locator led to the called object. */
    private AccessRule ofPassed(Class<?> actual) {
        AccessRule own = SubResourceLocators.rule(actual);
        if (!isGenerated(actual)) {
            return own;
        }
        AccessRule behind = annotated
                .get()
                .behindLocators(actual)
                .map(SubResourceLocators::rule)
                .reduce(AccessRule.UNDECLARED, AccessRule::and);
        return Proxy.isProxyClass(actual) && !behind.declared() && !own.declared()
                ? closed("What its sub-resource locators lead to", actual)
                : own.and(behind);
    }

    /** Whether the class passes calls on to another object, whose class the server does not name either. */
    private boolean isHiding(Class<?> actual) {
        boolean isNamed = type != null && !type.isInterface() && !isGenerated(type) && !type.isAssignableFrom(actual);
        return !isNamed && isGenerated(actual);
    }

    /**
     * Whether the class was generated and hides another one. A subclass of the real class inherits its annotations, and
     * a lambda has its own, so neither counts.
     */
    private static boolean isGenerated(Class<?> type) {
        return Proxy.isProxyClass(type)
                || (type.getSuperclass() == Object.class && type.getName().contains("$$") && !type.isHidden());
    }

    private AccessRule behind(Class<?> actual, Method called, AccessRule own) {
        AccessRule rule = annotated
                .get()
                .behind(actual, called)
                .map(each -> AccessRules.of(each, called))
                .reduce(AccessRule.UNDECLARED, AccessRule::and);
        if (Proxy.isProxyClass(actual) && !rule.declared() && !own.declared() && !declared.declared()) {
            return closed("The JAX-RS method " + called, actual);
        }
        return rule;
    }

    private static AccessRule closed(String what, Class<?> actual) {
        LOG.log(
                Level.WARNING,
                "{0} is closed on objects of {1}: what stands behind such a proxy cannot be seen, and none of its"
                        + " interfaces says who may call it. Annotate one of them, with @PermitAll for instance.",
                what,
                actual);
        return AccessRule.CLOSED;
    }
}
