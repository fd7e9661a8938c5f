namespace UnityEngine
{
    [RequireComponent(typeof(Transform), typeof(MeshRenderer))]
    public sealed partial class TextMesh : Component
    {
        string _text = "";
        Font _font;
        int _fontSize;
        float _characterSize = 1f;
        float _lineSpacing = 1f;
        TextAnchor _anchor;
        TextAlignment _alignment;
        bool _richText = true;
        Color _color = Color.white;

        public string text
        {
            get { return Read(_text); }
            set { Write(ref _text, value); }
        }

        public Font font
        {
            get { return Read(_font); }
            set { Write(ref _font, value); }
        }

        public int fontSize
        {
            get { return Read(_fontSize); }
            set { Write(ref _fontSize, value); }
        }

        public float characterSize
        {
            get { return Read(_characterSize); }
            set { Write(ref _characterSize, value); }
        }

        public float lineSpacing
        {
            get { return Read(_lineSpacing); }
            set { Write(ref _lineSpacing, value); }
        }

        public TextAnchor anchor
        {
            get { return Read(_anchor); }
            set { Write(ref _anchor, value); }
        }

        public TextAlignment alignment
        {
            get { return Read(_alignment); }
            set { Write(ref _alignment, value); }
        }

        public bool richText
        {
            get { return Read(_richText); }
            set { Write(ref _richText, value); }
        }

        public Color color
        {
            get { return Read(_color); }
            set { Write(ref _color, value); }
        }
    }
}
