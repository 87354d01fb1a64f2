package dev.postern.http.metadata;

import dev.postern.MetadataContributor;
import dev.postern.MetadataDraft;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Notes when and from which address the session was first seen, under {@code firstSeenAt} and {@code firstSeenAddress};
 * neither changes afterwards.
 *
 * <p>Safe for concurrent use.
 */
@ApplicationScoped
public class FirstSeenMetadata implements MetadataContributor {

    @Override
    public void contribute(HttpServletRequest request, MetadataDraft draft) {
        draft.putIfAbsent("firstSeenAt", draft.at().toString());
        draft.putIfAbsent("firstSeenAddress", request.getRemoteAddr());
    }
}
