package dev.postern;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The tests of the project as the sources declare them, with the tags that JUnit gives them: their own, and those of the class that
 * runs them, of its supertypes, and of its annotations. The sources are parsed and not compiled, because those of {@code src-it} are
 * compiled after these tests. Nested classes are not looked at.
 */
final class DeclaredTests {

    private static final List<Path> ROOTS = List.of(Path.of("src/test/java"), Path.of("src-it/java"));
    private static final Set<String> TESTS = Set.of(
            "Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "FuzzTest", "ArchTest", "Property", "Example");
    private static final Set<String> TAGS = Set.of("Tag", "ArchTag");

    private final Map<String, Type> types = new HashMap<>();

    /**
     * A test, as one class runs it.
     *
     * @param root the sources that have the class
     * @param runner the class that runs it, without its package
     * @param declaredIn the class or interface that has the method, without its package
     */
    record DeclaredTest(Path root, String runner, String declaredIn, String method, Set<String> tags) {

        @Override
        public String toString() {
            return runner + (declaredIn.equals(runner) ? "" : " (" + declaredIn + ")") + "#" + method + tags;
        }
    }

    private record Method(String name, Set<String> tags, boolean isDisabled) {}

    private record Type(
            Path root,
            String simpleName,
            boolean isConcrete,
            boolean isDisabled,
            Set<String> tags,
            List<Method> tests,
            List<String> supertypes) {}

    /** Parses them. */
    static List<DeclaredTest> read() {
        return new DeclaredTests().all();
    }

    private DeclaredTests() {
        List<CompilationUnitTree> units = new ArrayList<>();
        ROOTS.forEach(root -> units.addAll(parse(sources(root))));
        Map<String, String> constants = new HashMap<>();
        units.forEach(unit -> classes(unit).forEach(type -> constants.putAll(constants(type))));
        Map<String, Set<String>> annotations = new HashMap<>();
        units.forEach(unit -> classes(unit)
                .filter(type -> type.getKind() == Tree.Kind.ANNOTATION_TYPE)
                .forEach(type -> annotations.put(simpleName(type), tags(type.getModifiers(), constants, Map.of()))));
        units.forEach(unit -> classes(unit)
                .forEach(type ->
                        types.put(packageOf(unit) + simpleName(type), type(unit, type, constants, annotations))));
    }

    private List<DeclaredTest> all() {
        return types.values().stream()
                .filter(type -> type.isConcrete && !type.isDisabled)
                .flatMap(this::runBy)
                .toList();
    }

    private Stream<DeclaredTest> runBy(Type runner) {
        List<Type> family = family(runner).toList();
        Set<String> ofClass =
                family.stream().flatMap(type -> type.tags.stream()).collect(Collectors.toSet());
        return family.stream()
                .flatMap(type -> type.tests.stream()
                        .filter(test -> !test.isDisabled)
                        .map(test -> new DeclaredTest(
                                runner.root,
                                runner.simpleName,
                                type.simpleName,
                                test.name,
                                union(ofClass, test.tags))));
    }

    private Stream<Type> family(Type type) {
        return Stream.concat(
                        Stream.of(type),
                        type.supertypes.stream()
                                .flatMap(name -> Optional.ofNullable(types.get(name)).stream())
                                .flatMap(this::family))
                .distinct();
    }

    private static Type type(
            CompilationUnitTree unit,
            ClassTree type,
            Map<String, String> constants,
            Map<String, Set<String>> annotations) {
        List<Method> tests = type.getMembers().stream()
                .flatMap(member -> test(member, constants).stream())
                .toList();
        return new Type(
                root(unit),
                simpleName(type),
                type.getKind() == Tree.Kind.CLASS
                        && !type.getModifiers().getFlags().contains(Modifier.ABSTRACT),
                has(type.getModifiers(), Set.of("Disabled")),
                tags(type.getModifiers(), constants, annotations),
                tests,
                supertypes(unit, type));
    }

    /** A method, or a rule of ArchUnit's in a field. */
    private static Optional<Method> test(Tree member, Map<String, String> constants) {
        if (member instanceof MethodTree method) {
            return test(method.getName().toString(), method.getModifiers(), constants);
        }
        return member instanceof VariableTree field
                ? test(field.getName().toString(), field.getModifiers(), constants)
                : Optional.empty();
    }

    private static Optional<Method> test(String name, ModifiersTree modifiers, Map<String, String> constants) {
        return has(modifiers, TESTS)
                ? Optional.of(
                        new Method(name, tags(modifiers, constants, Map.of()), has(modifiers, Set.of("Disabled"))))
                : Optional.empty();
    }

    private static boolean has(ModifiersTree modifiers, Set<String> annotations) {
        return modifiers.getAnnotations().stream().anyMatch(each -> annotations.contains(name(each)));
    }

    private static Set<String> tags(
            ModifiersTree modifiers, Map<String, String> constants, Map<String, Set<String>> annotations) {
        Set<String> tags = new LinkedHashSet<>();
        for (AnnotationTree annotation : modifiers.getAnnotations()) {
            tags.addAll(annotations.getOrDefault(name(annotation), Set.of()));
            if (TAGS.contains(name(annotation))) {
                tags.add(text(annotation.getArguments().get(0), constants));
            }
        }
        return tags;
    }

    private static String text(ExpressionTree argument, Map<String, String> constants) {
        ExpressionTree value = argument instanceof AssignmentTree named ? named.getExpression() : argument;
        Optional<String> text = value instanceof LiteralTree literal
                ? Optional.of(literal.getValue().toString())
                : Optional.ofNullable(constants.get(value.toString()));
        return text.orElseThrow(
                () -> new IllegalStateException("A tag that is no text and no known constant: " + value));
    }

    /** Texts of constants, by class and name. */
    private static Map<String, String> constants(ClassTree type) {
        Map<String, String> constants = new HashMap<>();
        for (Tree member : type.getMembers()) {
            if (member instanceof VariableTree field
                    && field.getInitializer() instanceof LiteralTree literal
                    && literal.getValue() instanceof String text) {
                constants.put(simpleName(type) + "." + field.getName(), text);
            }
        }
        return constants;
    }

    /** Qualified names, of which those of the JDK and of libraries are guesses: nothing is declared under them. */
    private static List<String> supertypes(CompilationUnitTree unit, ClassTree type) {
        return Stream.concat(Stream.ofNullable(type.getExtendsClause()), type.getImplementsClause().stream())
                .map(each -> each instanceof ParameterizedTypeTree generic ? generic.getType() : each)
                .map(each -> qualified(unit, each.toString()))
                .toList();
    }

    private static String qualified(CompilationUnitTree unit, String name) {
        return unit.getImports().stream()
                .filter(each -> !each.isStatic())
                .map(ImportTree::getQualifiedIdentifier)
                .map(Tree::toString)
                .filter(each -> each.endsWith("." + name))
                .findFirst()
                .orElse(packageOf(unit) + name);
    }

    private static Stream<ClassTree> classes(CompilationUnitTree unit) {
        return unit.getTypeDecls().stream().filter(ClassTree.class::isInstance).map(ClassTree.class::cast);
    }

    private static String packageOf(CompilationUnitTree unit) {
        return unit.getPackageName() + ".";
    }

    private static String simpleName(ClassTree type) {
        return type.getSimpleName().toString();
    }

    private static String name(AnnotationTree annotation) {
        String name = annotation.getAnnotationType().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Path root(CompilationUnitTree unit) {
        Path file = Path.of("")
                .toAbsolutePath()
                .relativize(Path.of(unit.getSourceFile().toUri()));
        return ROOTS.stream().filter(file::startsWith).findFirst().orElseThrow();
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
    }

    private static List<CompilationUnitTree> parse(List<Path> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            return units;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
