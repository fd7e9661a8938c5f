using System;
using UnityEngine;

namespace UnityDouble
{
    /// <summary>What was logged: exceptions of callbacks, too.</summary>
    public sealed class LogLine
    {
        public readonly LogType Type;
        public readonly string Message;
        public readonly Exception Exception;

        public LogLine(LogType type, string message, Exception exception)
        {
            Type = type;
            Message = message;
            Exception = exception;
        }

        public override string ToString()
        {
            return Type + ": " + (Exception == null ? Message : Exception.ToString());
        }
    }
}
