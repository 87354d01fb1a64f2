package dev.postern.it.rig.deployer;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Deploys the archive that {@code file} names ({@code POST}), at the context root {@code context} if there is one, and
 * undeploys the application that {@code name} names ({@code DELETE}), through the server's own API. On a busy machine either takes longer than the 30 seconds for which
 * the server keeps a silent connection. So the answer is the number of a job. {@code GET} with {@code job} is 202 while
 * that runs, then 200, or 409 where the server refused.
 */
@WebServlet("/")
public class DeployServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient ExecutorService worker = Executors.newSingleThreadExecutor();
    private final transient Map<String, Future<Boolean>> jobs = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        String job = request.getParameter("job");
        response.setStatus(job == null ? HttpServletResponse.SC_NO_CONTENT : status(jobs.get(job)));
    }

    private static int status(@Nullable Future<Boolean> job) throws ServletException {
        if (job == null) {
            return HttpServletResponse.SC_NOT_FOUND;
        }
        if (!job.isDone()) {
            return HttpServletResponse.SC_ACCEPTED;
        }
        try {
            return job.get() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_CONFLICT;
        } catch (ExecutionException | InterruptedException e) {
            throw new ServletException(e);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        File file = new File(request.getParameter("file"));
        String context = request.getParameter("context");
        begin(
                () -> {
                    String name = file.getName().replaceFirst("\\.[a-z]+$", "");
                    // it answers true for an archive of a type that the server does not know
                    return Boolean.TRUE.equals(deploy(name, context, file))
                            && deployed().contains(name);
                },
                response);
    }

    private static Object deploy(String name, @Nullable String context, File file) throws ReflectiveOperationException {
        Class<?> runtime = runtime().getClass();
        return context == null
                ? runtime.getMethod("deploy", File.class).invoke(runtime(), file)
                : runtime.getMethod("deploy", String.class, String.class, File.class)
                        .invoke(runtime(), name, context, file);
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name");
        begin(
                () -> {
                    runtime().getClass().getMethod("undeploy", String.class).invoke(runtime(), name);
                    return true;
                },
                response);
    }

    private void begin(Callable<Boolean> work, HttpServletResponse response) throws IOException {
        String job = Integer.toString(last.incrementAndGet());
        jobs.put(job, worker.submit(work));
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.getWriter().print(job);
    }

    @Override
    public void destroy() {
        worker.shutdownNow();
    }

    private static Collection<?> deployed() throws ReflectiveOperationException {
        return (Collection<?>)
                runtime().getClass().getMethod("getDeployedApplicationNames").invoke(runtime());
    }

    private static Object runtime() throws ReflectiveOperationException {
        Class<?> micro = Class.forName("fish.payara.micro.PayaraMicro");
        Object instance = micro.getMethod("getInstance").invoke(micro);
        return micro.getMethod("getRuntime").invoke(instance);
    }
}
