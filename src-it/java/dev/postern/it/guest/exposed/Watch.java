package dev.postern.it.guest.exposed;

import dev.postern.CurrentUser;
import dev.postern.ExposeSession;
import dev.postern.SessionMetadata;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.util.Map;

/** Puts what it sees behind the text that a method returns. */
@Interceptor
@Watched
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class Watch implements Serializable {

    private static final long serialVersionUID = 1;

    @AroundInvoke
    public Object around(InvocationContext call) throws Exception {
        Map<String, Object> data = call.getContextData();
        String user = data.get(ExposeSession.CURRENT_USER) instanceof CurrentUser known ? known.name() + "!" : "none";
        String note = data.get(ExposeSession.SESSION_METADATA) instanceof SessionMetadata metadata
                ? metadata.get("note").orElse("empty")
                : "none";
        return call.proceed() + " user=" + user + " note=" + note;
    }
}
