package dev.postern.rest;

import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** The call of a method, as an interceptor sees it: it can go on with it, and leave something for others. */
public final class Invocation implements InvocationContext {

    private final Callable<Object> method;
    private final Map<String, Object> data = new HashMap<>();

    public Invocation(Callable<Object> method) {
        this.method = method;
    }

    @Override
    public Object proceed() throws Exception {
        return method.call();
    }

    @Override
    public Object getTarget() {
        throw new UnsupportedOperationException("getTarget");
    }

    @Override
    public Object getTimer() {
        throw new UnsupportedOperationException("getTimer");
    }

    @Override
    public Method getMethod() {
        throw new UnsupportedOperationException("getMethod");
    }

    @Override
    public Constructor<?> getConstructor() {
        throw new UnsupportedOperationException("getConstructor");
    }

    @Override
    public Object[] getParameters() {
        throw new UnsupportedOperationException("getParameters");
    }

    @Override
    public void setParameters(Object[] parameters) {
        throw new UnsupportedOperationException("setParameters");
    }

    @Override
    public Map<String, Object> getContextData() {
        return data;
    }
}
