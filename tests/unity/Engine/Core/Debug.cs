using System;
using UnityDouble;

namespace UnityEngine
{
    /// <summary>Any thread may log.</summary>
    public class Debug
    {
        public static bool isDebugBuild
        {
            get { return true; }
        }

        public static void Log(object message)
        {
            Player.Note(new LogLine(LogType.Log, Text(message), null));
        }

        public static void Log(object message, Object context)
        {
            Log(message);
        }

        public static void LogFormat(string format, params object[] args)
        {
            Log(string.Format(format, args));
        }

        public static void LogWarning(object message)
        {
            Player.Note(new LogLine(LogType.Warning, Text(message), null));
        }

        public static void LogWarning(object message, Object context)
        {
            LogWarning(message);
        }

        public static void LogError(object message)
        {
            Player.Note(new LogLine(LogType.Error, Text(message), null));
        }

        public static void LogError(object message, Object context)
        {
            LogError(message);
        }

        public static void LogException(Exception exception)
        {
            string message = exception.GetType().Name + ": " + exception.Message;
            Player.Note(new LogLine(LogType.Exception, message, exception));
        }

        public static void LogException(Exception exception, Object context)
        {
            LogException(exception);
        }

        public static void Assert(bool condition)
        {
            Assert(condition, "Assertion failed");
        }

        public static void Assert(bool condition, object message)
        {
            if (!condition)
            {
                Player.Note(new LogLine(LogType.Assert, Text(message), null));
            }
        }

        public static void Assert(bool condition, string message)
        {
            Assert(condition, (object)message);
        }

        static string Text(object message)
        {
            return message == null ? "Null" : message.ToString();
        }
    }
}
