package dev.postern.http.metadata;

import dev.postern.MetadataDraft;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Notes the client's address under {@code address}, and at most 256 characters of its {@code User-Agent} under {@code
 * userAgent}. Both follow the client.
 *
 * <p>Safe for concurrent use.
 */
@ApplicationScoped
public class ClientMetadata implements TouchContributor {

    private static final int MOST = 256;

    @Override
    public void contribute(HttpServletRequest request, MetadataDraft draft) {
        draft.put("address", request.getRemoteAddr());
        String agent = request.getHeader("User-Agent");
        if (agent != null) {
            draft.put("userAgent", agent.substring(0, Math.min(agent.length(), MOST)));
        }
    }
}
